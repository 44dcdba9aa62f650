using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The reason for a snapshot.</summary>
/// <example>
/// <code>
/// public sealed class Journal(TextWriter file) : IMemoryObserver
/// {
///     public void OnSnapshot(MemorySnapshot snapshot)
///     {
///         if (snapshot.Trigger != SnapshotTrigger.Tick)
///         {
///             file.WriteLine(snapshot.Describe());
///         }
///     }
/// }
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<SnapshotTrigger>))]
public enum SnapshotTrigger
{
    /// <summary>A regular reading of the watch; judged but not logged.</summary>
    Tick,

    /// <summary>The application asked for the snapshot.</summary>
    Explicit,

    /// <summary>The periodic check.</summary>
    Periodic,
}
