namespace MemoryWatch;

/// <summary>Raised after <see cref="OutOfMemoryException"/>s that the process has survived, at most once a minute.</summary>
/// <param name="count">Number of exceptions since the previous alert of this kind. An exception that is thrown again counts once.</param>
/// <param name="heap">The occupied heap at the last exception, and the GC's limit.</param>
/// <param name="usage">The memory of this process at the last exception, and the limit that kills.</param>
/// <example>
/// <code>
/// if (alert is OutOfMemoryAlert { NeverFits: false } outOfMemory)
/// {
///     await SendAsync($"{outOfMemory.Count} allocations failed; heap: {outOfMemory.Heap}");
/// }
/// </code>
/// </example>
public sealed class OutOfMemoryAlert(long count, MemoryUsage heap, MemoryUsage usage) : MemoryAlert("out_of_memory", AlertSeverity.Warning)
{
    /// <summary>Number of exceptions since the previous alert of this kind.</summary>
    public long Count { get; } = count;

    /// <summary>The occupied heap at the last exception, and the GC's limit.</summary>
    public MemoryUsage Heap { get; } = heap;

    /// <summary>The resident memory of this process at the last exception, and the limit that kills.</summary>
    public MemoryUsage Usage { get; } = usage;

    /// <summary>Whether the last allocation exceeded what the runtime allows for any array, so that no memory would be enough.</summary>
    public bool NeverFits { get; init; }

    /// <summary>
    /// Memory that the GC committed and did not use at the GC before the last exception, in bytes; <see langword="null"/> if it is unknown.
    /// </summary>
    public long? UnusedBytes { get; init; }

    /// <summary>Returns one line, such as <c>out_of_memory: 6, heap 183.0 MB of 200 MB used (91.5%)</c>.</summary>
    public override string ToString() => $"{Kind}: {MemoryText.Count(Count)}, heap {Heap}";
}
