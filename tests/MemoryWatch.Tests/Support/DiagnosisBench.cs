using MemoryWatch.Judge;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Support;

/// <summary>Operations with real allocations, and a diagnosis whose machine says what a test has it say, in megabytes.</summary>
internal sealed class DiagnosisBench
{
    private readonly JudgeSettings _settings = JudgeSettingsOf.Defaults;

    public DiagnosisBench(bool isMetered = true)
    {
        Operations = new(isMetered);
        Operations.Tracker.Store.Handover.Expect(Bytes.Megabytes(50), mayWake: true);
        CauseFinder = new(Operations.Tracker.Store, isMetered, Operations.Time, (_, _) => Processor);
    }

    public OperationsBench Operations { get; }

    public CauseFinder CauseFinder { get; }

    /// <summary>Resident memory, and what it consists of; the rest of it is shared memory.</summary>
    public double Resident { get; set; } = 100;

    public double Managed { get; set; } = 40;

    public double Native { get; set; } = 40;

    public double FileBacked { get; set; } = 20;

    /// <summary>What the process allocated since its start; not known where absent.</summary>
    public double? Allocated { get; set; } = 1000;

    public double? Peak { get; set; }

    /// <summary>What the container uses outside of the process, in megabytes.</summary>
    public double Rest { get; set; } = 5;

    public LimitSource Source { get; set; } = LimitSource.Setting;

    /// <summary>Who had the processor.</summary>
    public ProcessorWindow Processor { get; set; } = ProcessorWindow.Unknown;

    public OperationScope Track(string name, OperationContext context = default) => Operations.Track(name, context);

    /// <summary>Starts an operation on a flow of its own, so that others do not lie inside of it.</summary>
    public OperationScope TrackApart(string name, OperationContext context = default) =>
        Task.Run(() => Track(name, context)).GetAwaiter().GetResult();

    /// <summary>Allocates for an operation and hands it in.</summary>
    public static void AllocateFor(OperationScope scope, double megabytes)
    {
        using (scope.Enter())
        {
            Allocate.Bytes(Bytes.Megabytes(megabytes));
            OperationFlows.Settle();
        }
    }

    /// <summary>An operation that allocates and ends.</summary>
    public void Run(string name, double megabytes, OperationContext context = default)
    {
        using var scope = TrackApart(name, context);
        AllocateFor(scope, megabytes);
    }

    /// <summary>The watch looks, some seconds later.</summary>
    public void Tick(double seconds = 2)
    {
        Operations.Time.Advance(TimeSpan.FromSeconds(seconds));
        CauseFinder.Keep(Read(), _settings.SpikeWindow);
    }

    /// <summary>Memory grows by so much managed and native memory.</summary>
    public void Grow(double managed = 0, double native = 0, double fileBacked = 0, double? allocated = null)
    {
        (Managed, Native, FileBacked) = (Managed + managed, Native + native, FileBacked + fileBacked);
        Resident += managed + native + fileBacked;
        Operations.Reader.ResidentMegabytes = Resident;
        Allocated += allocated ?? managed;
    }

    public MemoryCause? Explain() => CauseFinder.Explain(Read(), _settings.SpikeWindow).Cause;

    /// <summary>The cause of what the zone is judged by.</summary>
    public MemoryCause? ExplainZone() => CauseFinder.ExplainZone(Read().Judged(new() { Governing = Source }), _settings.SpikeWindow).Cause;

    public MemorySnapshot Read() => new()
    {
        Process = new()
        {
            ResidentBytes = Bytes.Megabytes(Resident),
            AnonymousBytes = Bytes.Megabytes(Managed + Native),
            FileBackedBytes = Bytes.Megabytes(FileBacked),
            SharedBytes = 0,
        },
        Managed = new() { HeapBytes = Bytes.Megabytes(Managed), TotalAllocatedBytes = Allocated is { } all ? Bytes.Megabytes(all) : null },
        PeakResidentBytes = Bytes.Megabytes(Peak ?? Resident),
        Usage = new()
        {
            UsedBytes = Source == LimitSource.Setting ? Bytes.Megabytes(Resident) : Bytes.Megabytes(Managed + Native + Rest),
            LimitBytes = Bytes.Megabytes(512),
            Source = Source,
        },
        Container = Source == LimitSource.Container ? new() { UsedBytes = Bytes.Megabytes(Managed + Native + Rest) } : default,
    };
}
