using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// The rules of a diagnosis, the most important first: of two findings with the same severity, the one whose rule comes first is named first.
/// docs/findings.md describes when each one fires.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingRule>))]
public enum FindingRule
{
    /// <summary>Live objects of the managed heap leak.</summary>
    ManagedLeak,

    /// <summary>Memory outside of the GC leaks.</summary>
    NativeLeak,

    /// <summary>Operations of one name leave memory behind that they allocated.</summary>
    NotFreed,

    /// <summary>Objects that the application expected to be collected are still alive.</summary>
    UncollectedObjects,

    /// <summary>A metric exceeds its maximum, or what it counts takes most of the memory.</summary>
    TooManyItems,

    /// <summary>A queue only grows while the work that empties it is at its maximum.</summary>
    QueueBuildUp,

    /// <summary>A single operation allocated most of a spike.</summary>
    OperationSpike,

    /// <summary>Operations exceeded their budget.</summary>
    OverBudget,

    /// <summary>Other processes in the container use a notable part of its memory.</summary>
    OtherProcesses,

    /// <summary>A folder that the application watches is in memory (tmpfs).</summary>
    FilesInMemory,

    /// <summary>Many scopes were never disposed.</summary>
    ForgottenScopes,

    /// <summary>An operation is far older than operations of its name usually get.</summary>
    StuckOperation,

    /// <summary>The number of threads grows.</summary>
    ThreadGrowth,

    /// <summary>The number of open files or handles grows.</summary>
    HandleGrowth,

    /// <summary>Memory outside of the GC has grown, and is most of what is used.</summary>
    NativeGrowth,

    /// <summary>The C library keeps memory that the program has freed.</summary>
    NativeHeapFree,

    /// <summary>Large objects are most of a large heap.</summary>
    LargeObjects,

    /// <summary>The GC holds far more memory than live objects need.</summary>
    CommittedAboveLive,

    /// <summary>The load that was seen needs more memory than there is.</summary>
    BoxTooSmall,

    /// <summary>A setting of the GC does not fit the memory that there is.</summary>
    GcSettings,

    /// <summary>Forced garbage collections free nothing.</summary>
    FutileCollections,

    /// <summary>Garbage collections pause the program for a large part of the time.</summary>
    LongPauses,

    /// <summary>The page cache is thrashing.</summary>
    Thrashing,

    /// <summary>Only the page cache makes memory look full: no problem.</summary>
    PageCache,
}
