using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The condition of a leak verdict that is not met, so that the verdict is not worse.</summary>
/// <example>
/// <code>
/// // The growth looked like a leak, but load explains it.
/// var explained = watch.Diagnose().Leaks.Any(leak => leak.HeldBackBy is LeakGate.GrowsWithLoad or LeakGate.EqualAtEqualLoad);
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<LeakGate>))]
public enum LeakGate
{
    /// <summary>All conditions are met.</summary>
    None,

    /// <summary>This memory cannot be read.</summary>
    NotReadable,

    /// <summary>The program, or the series, has not run long enough.</summary>
    TooShort,

    /// <summary>There have been too few gen-2 garbage collections.</summary>
    TooFewCollections,

    /// <summary>Memory has not exceeded its earlier maximum.</summary>
    NoNewHigh,

    /// <summary>Memory grew in only one half of the time.</summary>
    OneHalfOnly,

    /// <summary>The interval of the growth rate includes zero, or memory may have wandered as far by chance.</summary>
    NotSignificant,

    /// <summary>Memory grew by no more than its noise, or by too little of the limit to matter.</summary>
    TooSmall,

    /// <summary>Memory rose in a few steps and was level between them.</summary>
    InSteps,

    /// <summary>The growth is slowing down.</summary>
    SlowingDown,

    /// <summary>At equal load, memory is what it was before.</summary>
    EqualAtEqualLoad,

    /// <summary>Memory grows with a metric of the application: load.</summary>
    GrowsWithLoad,

    /// <summary>The growth has not lasted long enough to be sure that it goes on.</summary>
    NotConfirmed,
}
