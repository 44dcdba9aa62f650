using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>What a piece of evidence on a run's end is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunEvidenceKind>))]
public enum RunEvidenceKind
{
    /// <summary>Not known: what evidence has that nobody filled in.</summary>
    Unknown,

    /// <summary>The run itself said how it ended.</summary>
    OwnMark,

    /// <summary>How near its limit it was last seen.</summary>
    LastUsage,

    /// <summary>The count of kills of its own memory group, in the same boot and the same group.</summary>
    GroupKills,

    /// <summary>The machine's count of kills, those in all containers included.</summary>
    MachineKills,

    /// <summary>The GC's heap was nearly as large as the GC's own limit.</summary>
    HeapNearLimit,

    /// <summary>The runtime had no memory left just before the end.</summary>
    OutOfMemory,

    /// <summary>The machine was restarted since, or this is another one.</summary>
    OtherBoot,

    /// <summary>The system does not tell whether it was restarted since.</summary>
    BootUnknown,

    /// <summary>The system does not count kills, or not where this process can see it.</summary>
    NotCounted,
}

/// <summary>One thing that the verdict on a run rests on, as numbers; a number that does not belong to its kind is absent.</summary>
public sealed class RunEvidence
{
    /// <summary>What it is about.</summary>
    public required RunEvidenceKind Kind { get; init; }

    /// <summary>A count of kills as the run last saw it.</summary>
    public long? CountBefore { get; init; }

    /// <summary>That count at this start; for <see cref="RunEvidenceKind.OutOfMemory"/> the number of exceptions.</summary>
    public long? CountNow { get; init; }

    /// <summary>How long after the run's last record this start was, for a count of the machine's that has risen.</summary>
    public TimeSpan? Gap { get; init; }

    /// <summary>What was used when it was last seen, in bytes; for <see cref="RunEvidenceKind.HeapNearLimit"/> of the heap.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>The limit, in bytes; for <see cref="RunEvidenceKind.HeapNearLimit"/> the GC's own.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>The zone it was last seen in, where that is why it counts as near its limit.</summary>
    public MemoryZone? Zone { get; init; }

    /// <summary>The pace of growth in bytes a second, where that is why it counts as near its limit.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>One line with its numbers: <c>GroupKills 0 -> 1</c>, <c>LastUsage 101.7 MB of 128 MB</c>.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        Kind.ToString(),
        CountBefore is { } before && CountNow is { } now ? $"{MemoryText.Count(before)} -> {MemoryText.Count(now)}"
            : CountNow is { } count ? MemoryText.Count(count) : null,
        UsedBytes is null ? null : $"{MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)}",
        Zone?.ToString(),
        BytesPerSecond is null ? null : $"{MemoryText.Change(BytesPerSecond)}/s",
    }.Where(part => part is not null));
}
