namespace MemoryWatch;

/// <summary>Raised after <see cref="OutOfMemoryException"/>s that the process has survived.</summary>
/// <param name="count">Number of exceptions since the previous alert of this kind. An exception that is thrown again counts once.</param>
/// <param name="heap">The occupied heap at the last exception, and the GC's limit.</param>
/// <param name="usage">The used memory at the last exception, and the limit that kills.</param>
/// <param name="neverFits">Whether the last allocation exceeds what the runtime allows for any array.</param>
public sealed class OutOfMemoryAlert(long count, MemoryUsage heap, MemoryUsage usage, bool neverFits)
    : MemoryAlert("out_of_memory", AlertSeverity.Warning)
{
    /// <summary>Number of exceptions since the previous alert of this kind.</summary>
    public long Count { get; } = count;

    /// <summary>The occupied heap at the last exception, and the GC's limit.</summary>
    public MemoryUsage Heap { get; } = heap;

    /// <summary>The used memory at the last exception, and the limit that kills.</summary>
    public MemoryUsage Usage { get; } = usage;

    /// <summary>Whether the last allocation exceeds what the runtime allows for any array, so that no memory would be enough.</summary>
    public bool NeverFits { get; } = neverFits;

    /// <summary>Returns one line, such as <c>out_of_memory: 6, heap 183.0 MB of 200 MB used (91.5%)</c>.</summary>
    public override string ToString() => $"{Kind}: {MemoryText.Count(Count)}, heap {Heap}";
}
