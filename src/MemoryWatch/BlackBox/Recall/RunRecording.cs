using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Track;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>What a black box says, as it stands there: nothing is judged yet.</summary>
internal sealed record RunRecording
{
    /// <summary>How many of the last entries are told.</summary>
    public const int ShownEntries = Journal.Shown;

    /// <summary>How many of the last alerts and reliefs are told, each.</summary>
    public const int ShownEvents = 5;

    public required RunIdentity Identity { get; init; }

    /// <summary>Of every kind at most one.</summary>
    public IReadOnlyList<EndMark> EndMarks { get; init; } = [];

    /// <summary>The last sample; absent where there is none.</summary>
    public Sample? LastSample { get; init; }

    /// <summary>The sample before it.</summary>
    public Sample? SampleBefore { get; init; }

    public IReadOnlyList<PreviousAlert> Alerts { get; init; } = [];

    public IReadOnlyList<ReliefOutcome> Reliefs { get; init; } = [];

    /// <summary>The last entries, the oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; init; } = [];

    /// <summary>Operations that had started and not ended, the oldest first, with their age at the last record.</summary>
    public IReadOnlyList<OperationInFlight> InFlight { get; init; } = [];

    /// <summary>How many were in flight in all.</summary>
    public int InFlightCount { get; init; }

    /// <summary>What made memory grow up to the last sample; absent where it did not.</summary>
    public MemoryCause? Growth { get; init; }

    /// <summary>The last record of all: when it was made, and how long after the start.</summary>
    public DateTimeOffset LastTime { get; init; }

    public TimeSpan LastClock { get; init; }

    public long LastSequence { get; init; }

    public int DamagedRecords { get; init; }

    /// <summary>Records that the run itself could not write, as far as it could say so.</summary>
    public long LostRecords { get; init; }

    /// <summary>How many metrics the file had no room for.</summary>
    public int MoreMetrics { get; init; }

    public EndMark? Mark(RecordKind kind) => EndMarks.FirstOrDefault(mark => mark.Kind == kind);

    /// <summary>The numbers at one moment.</summary>
    /// <param name="Snapshot">The numbers.</param>
    /// <param name="Group">The memory group that the process was in.</param>
    /// <param name="Clock">When, since the run's start.</param>
    /// <param name="Sequence">Its place in the order of all records.</param>
    internal sealed record Sample(MemorySnapshot Snapshot, MemoryGroup? Group, TimeSpan Clock, long Sequence);
}
