using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>The content of a black box as it was recorded, without any verdict.</summary>
internal sealed record RunRecording
{
    /// <summary>Maximum number of last entries that are read.</summary>
    public const int ShownEntries = Journal.Shown;

    /// <summary>Maximum number of last alerts, and of last reliefs, that are read.</summary>
    public const int ShownEvents = 5;

    public required RunIdentity Identity { get; init; }

    /// <summary>The end marks, at most one of each kind.</summary>
    public IReadOnlyList<EndMark> EndMarks { get; init; } = [];

    /// <summary>The last sample; <see langword="null"/> if there is none.</summary>
    public Sample? LastSample { get; init; }

    /// <summary>What the samples show together.</summary>
    public RunTrend Trend { get; init; } = new();

    public IReadOnlyList<PreviousAlert> Alerts { get; init; } = [];

    public IReadOnlyList<ReliefOutcome> Reliefs { get; init; } = [];

    /// <summary>The findings of the last diagnosis, the most important first.</summary>
    public IReadOnlyList<PreviousFinding> Findings { get; init; } = [];

    /// <summary>The last entries, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; init; } = [];

    /// <summary>Operations that had started and not ended, oldest first, with their age at the last record.</summary>
    public IReadOnlyList<OperationInFlight> InFlight { get; init; } = [];

    /// <summary>Total number of operations in flight, including those not in <see cref="InFlight"/>.</summary>
    public int InFlightCount { get; init; }

    /// <summary>Quiet operations in flight at the last sample, the oldest first, as far as they are recorded.</summary>
    public IReadOnlyList<OperationInFlight> Quiet { get; init; } = [];

    /// <summary>
    /// The cause of memory growth up to the last sample; <see langword="null"/> if memory did not grow by at least 1 MB and 1 % of the limit.
    /// </summary>
    public MemoryCause? Growth { get; init; }

    /// <summary>The course of memory, also of earlier runs.</summary>
    public RunHistory History { get; init; } = new();

    /// <summary>The restarts on purpose, also of earlier runs.</summary>
    public RunRestarts Restarts { get; init; } = RunRestarts.None;

    /// <summary>Time of the last record; the run's start if there is no record. <see cref="LastClock"/> is relative to the run's start.</summary>
    public DateTimeOffset LastTime { get; init; }

    public TimeSpan LastClock { get; init; }

    public long LastSequence { get; init; }

    public int DamagedRecords { get; init; }

    /// <summary>Number of records that the run could not write, as far as it could record that.</summary>
    public long LostRecords { get; init; }

    /// <summary>Number of metrics that did not fit in the file.</summary>
    public int MoreMetrics { get; init; }

    public EndMark? Mark(RecordKind kind) => EndMarks.FirstOrDefault(mark => mark.Kind == kind);

    /// <summary>A recorded snapshot.</summary>
    /// <param name="Snapshot">The numbers.</param>
    /// <param name="Group">The cgroup that the process was in.</param>
    /// <param name="Clock">Time of the sample since the run's start.</param>
    /// <param name="Sequence">Its sequence number.</param>
    /// <param name="LeastZone">The zone of the limit that kills, by the lower bound of used memory.</param>
    /// <param name="Quiet">Number of quiet operations in flight; <see langword="null"/> if it was not recorded.</param>
    internal sealed record Sample(
        MemorySnapshot Snapshot, MemoryGroup? Group, TimeSpan Clock, long Sequence, MemoryZone LeastZone, int? Quiet);
}
