using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// The place of a relief step in the ladder. MemoryWatch calls the steps of a lower stage first, because they do less harm. Steps of one stage are
/// called in the order of registration, after the built-in ones.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReliefStage>))]
public enum ReliefStage
{
    /// <summary>
    /// Drops what can be loaded or computed again. It is the first stage, so that the GC after it frees what was dropped; a step of this stage
    /// need not force a GC itself.
    /// </summary>
    Cache,

    /// <summary>Returns native memory that is already free to the system.</summary>
    NativeHeap,

    /// <summary>Forces a GC. The steps of this stage together take at most 1 % of the time.</summary>
    Collection,

    /// <summary>Gives up something that the application uses, such as idle sessions.</summary>
    Application,

    /// <summary>
    /// Cancels work in progress. MemoryWatch calls such a step only if every step before it that is due was called since memory rose to its zone,
    /// and memory is still above the target.
    /// </summary>
    Cancel,

    /// <summary>Ends the process in order. MemoryWatch calls such a step under the same condition, after those of <see cref="Cancel"/>.</summary>
    Restart,
}
