using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>How far the relief of memory has come, as of the last tick.</summary>
/// <example>
/// <code>
/// // Everything was tried, and memory is still high: take no more work.
/// queue.IsPaused = watch.Relief == ReliefStanding.Exhausted;
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<ReliefStanding>))]
public enum ReliefStanding
{
    /// <summary>There is nothing to relieve: memory is not high, or relief only observes.</summary>
    None,

    /// <summary>Memory is high. A step is running, or one that may still help is not due yet.</summary>
    Relieving,

    /// <summary>Memory was high, and has fallen below the target since.</summary>
    Reached,

    /// <summary>
    /// Memory is high, and nothing is left to try: since memory rose to its present zone, every step that is due in it was called, or rests because
    /// it freed next to nothing, and memory is still above the target. No step is running.
    /// </summary>
    Exhausted,
}
