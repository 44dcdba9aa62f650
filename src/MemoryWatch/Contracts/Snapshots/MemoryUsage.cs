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
}

/// <summary>The used memory and the governing limit, in bytes. The watch judges this pair.</summary>
public readonly struct MemoryUsage
{
    /// <summary>
    /// Used memory, in bytes; <see cref="Source"/> determines which memory counts. It is <see langword="null"/> if it could not be read.
    /// </summary>
    public long? UsedBytes { get; init; }

    /// <summary>The governing limit, in bytes; <see langword="null"/> if no limit is known.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>The source of the limit.</summary>
    public LimitSource Source { get; init; }

    /// <summary>Limit minus used, at least 0, in bytes; <see langword="null"/> if either is unknown.</summary>
    public long? AvailableBytes => UsedBytes is { } used && LimitBytes is { } limit ? Math.Max(0, limit - used) : null;

    /// <summary>Used divided by the limit; 1 means all of it, and it can be more than 1. It is <see langword="null"/> if either is unknown.</summary>
    public double? Fraction => UsedBytes is { } used && LimitBytes is > 0 ? (double)used / LimitBytes : null;

    /// <summary>Returns one line, such as <c>171.8 MB of 512 MB used (33.6%)</c>.</summary>
    public override string ToString() =>
        $"{MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)} used ({MemoryText.Percent(Fraction)})";
}
