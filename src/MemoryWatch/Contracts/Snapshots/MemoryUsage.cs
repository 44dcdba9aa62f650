using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The source of the governing limit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LimitSource>))]
public enum LimitSource
{
    /// <summary>No limit is known.</summary>
    None,

    /// <summary>The <c>Limit</c> setting. The used memory is then the resident memory of this process.</summary>
    Setting,

    /// <summary>
    /// The container (memory cgroup) level with the least headroom. The used memory is then <see cref="ContainerReading.UsedBytes"/>. A
    /// container limit above the machine's physical memory does not count.
    /// </summary>
    Container,

    /// <summary>The machine's physical memory. The used memory is then that of the whole machine.</summary>
    Machine,

    /// <summary>
    /// The container's throttling limit (<c>memory.high</c>), if nothing kills: the kernel slows the container down above it. The used memory is
    /// then <see cref="ContainerReading.UsedBytes"/>.
    /// </summary>
    Throttling,

    /// <summary>
    /// The GC's own heap limit. Exceeding it throws an <see cref="OutOfMemoryException"/>. The used memory is then
    /// <see cref="ManagedReading.OccupiedBytes"/>.
    /// </summary>
    GCHeap,

    /// <summary>
    /// A threshold in bytes that this process alone is compared with, because neither a setting nor a container limits it. The used memory is
    /// then the resident memory of this process.
    /// </summary>
    Process,
}

/// <summary>How exact a number is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UsagePrecision>))]
public enum UsagePrecision
{
    /// <summary>The number is what it claims to be.</summary>
    Exact,

    /// <summary>An upper bound: a part that does not count could not be subtracted.</summary>
    AtMost,

    /// <summary>A lower bound: a part that counts could not be read.</summary>
    AtLeast,
}

/// <summary>The used memory and the governing limit, in bytes. The watch judges this pair.</summary>
/// <example>
/// <code>
/// MemoryUsage usage = watch.Current.Governing;
/// if (usage is { Source: LimitSource.GCHeap, Precision: UsagePrecision.Exact, Fraction: > 0.9 })
/// {
///     await SendAsync($"The heap has {usage.AvailableBytes >> 20} MB left before an OutOfMemoryException");
/// }
/// </code>
/// </example>
public readonly struct MemoryUsage
{
    private readonly OptionalNumber _usedBytes;
    private readonly OptionalNumber _limitBytes;
    private readonly OptionalNumber _leastUsedBytes;

    /// <summary>
    /// Used memory, in bytes; <see cref="Source"/> determines which memory counts, and <see cref="Precision"/> whether the number is a bound.
    /// Texts and zones use it. It is <see langword="null"/> if nothing that stands in for it could be read.
    /// </summary>
    public long? UsedBytes
    {
        get => _usedBytes.Value;
        init => _usedBytes = new(value);
    }

    /// <summary>
    /// The lower bound of used memory, in bytes; the same as <see cref="UsedBytes"/> unless that is an upper bound. Whatever acts on memory
    /// (relief, and verdicts such as "near its limit") uses it.
    /// </summary>
    public long? LeastUsedBytes
    {
        get => _leastUsedBytes.Value ?? UsedBytes;
        init => _leastUsedBytes = new(value);
    }

    /// <summary>Whether <see cref="UsedBytes"/> is exact or a bound.</summary>
    public UsagePrecision Precision { get; init; }

    /// <summary>The governing limit, in bytes; <see langword="null"/> if no limit is known.</summary>
    public long? LimitBytes
    {
        get => _limitBytes.Value;
        init => _limitBytes = new(value);
    }

    /// <summary>The source of the limit.</summary>
    public LimitSource Source { get; init; }

    /// <summary>Limit minus used, at least 0, in bytes; <see langword="null"/> if either is unknown.</summary>
    public long? AvailableBytes => UsedBytes is { } used && LimitBytes is { } limit ? Math.Max(0, limit - used) : null;

    /// <summary>Used divided by the limit; 1 means all of it, and it can be more than 1. It is <see langword="null"/> if either is unknown.</summary>
    public double? Fraction => UsedBytes is { } used && LimitBytes is > 0 ? (double)used / LimitBytes : null;

    /// <summary>Returns one line, such as <c>171.8 MB of 512 MB used (33.6%)</c> or <c>at most 505.4 MB of 512 MB used (98.7%)</c>.</summary>
    public override string ToString() =>
        $"{MemoryText.Bound(Precision)}{MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)} used ({MemoryText.Percent(Fraction)})";
}
