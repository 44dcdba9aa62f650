using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>Where the limit that governs comes from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LimitSource>))]
public enum LimitSource
{
    /// <summary>No limit is known.</summary>
    None,

    /// <summary>The <c>Limit</c> setting; what is used is then the resident memory of this process.</summary>
    Setting,

    /// <summary>The container (memory cgroup) level with the least headroom.</summary>
    Container,

    /// <summary>The machine's physical memory; what is used is then that of the whole machine.</summary>
    Machine,
}

/// <summary>The pair that the watch judges: what is used of which limit, in bytes.</summary>
public readonly struct MemoryUsage
{
    /// <summary>What is used and cannot be taken back; absent where it could not be read.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>The limit that governs; absent where none is known.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public LimitSource Source { get; init; }

    /// <summary>Limit less used, at least 0; absent where either is.</summary>
    public long? AvailableBytes => UsedBytes is { } used && LimitBytes is { } limit ? Math.Max(0, limit - used) : null;

    /// <summary>Used as a part of the limit, 1 being all of it; absent where either is.</summary>
    public double? Fraction => UsedBytes is { } used && LimitBytes is > 0 ? (double)used / LimitBytes : null;

    /// <summary>One line: <c>171.8 MB of 512 MB used (33.6%)</c>.</summary>
    public override string ToString() =>
        $"{MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)} used ({MemoryText.Percent(Fraction)})";
}
