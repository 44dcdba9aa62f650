using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Hosting.Headroom;

/// <summary>A watch whose memory a test sets, in megabytes, from any thread: a box of 512 MB with a ceiling of 500 MB.</summary>
internal sealed class MemoryStub : IMemoryWatch
{
    private volatile MemorySnapshot _current = SnapshotOf.Resident(100);
    private long _resident = Bytes.Megabytes(100);

    public bool IsEnabled { get; set; } = true;

    public ReliefStanding Relief { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Cancelled when the watch begins a drained restart.</summary>
    public CancellationTokenSource Drain { get; } = new();

    public CancellationToken Draining => Drain.Token;

    /// <summary>What the limiter reported last; <see langword="null"/> if nothing.</summary>
    public bool? IsStarved { get; private set; }

    public void ReportAdmission(bool isStarved) => IsStarved = isStarved;

    public MemorySnapshot Current
    {
        get => Failure is { } failure ? throw failure : _current;
        set => _current = value;
    }

    /// <summary>What a quick reading says; the last tick does not know it.</summary>
    public double Quick
    {
        set => Volatile.Write(ref _resident, Bytes.Megabytes(value));
    }

    /// <summary>A tick with this used memory.</summary>
    public double Used
    {
        set
        {
            Quick = value;
            _current = SnapshotOf.Resident(value);
        }
    }

    public IReadOnlyList<JournalEntry> RecentEntries => [];

    public IReadOnlyList<OperationInFlight> InFlight => [];

    public IReadOnlyList<OperationTotals> TotalsByName { get; set; } = [];

    public long? ReadResidentBytes() => Volatile.Read(ref _resident);

    public MemorySnapshot Snapshot(string name, OperationContext context = default) => Current;

    public void Mark(string name, OperationContext context = default)
    {
    }

    public OperationScope Track(string name, OperationContext context = default) => OperationScope.None;
}
