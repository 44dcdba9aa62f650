using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>
/// What the samples of a run show together: growth rates, and the last counts. A single reading may lack a number, and two readings a few
/// milliseconds apart show no rate. Samples may come in any order.
/// </summary>
internal sealed class SampleTrail
{
    /// <summary>
    /// Minimum time between the two readings of a growth rate. In less time, a program that starts, or one allocation, looks like a steady climb.
    /// </summary>
    private static readonly long LeastApart = BoxTime.Of(TimeSpan.FromSeconds(0.5));

    /// <summary>Maximum time between them; an older reading says nothing about the end.</summary>
    private static readonly long MostApart = BoxTime.Of(TimeSpan.FromSeconds(10));

    private static readonly long QuietWindow = BoxTime.Of(TimeSpan.FromMinutes(1));

    /// <summary>A smaller rise than this, or than this part of the limit, is no growth.</summary>
    private const long LeastRiseBytes = 1 << 20;
    private const double LeastPartOfLimit = 0.01;

    private readonly List<Point> _points = [];

    public void Add(ReadOnlySpan<byte> record)
    {
        var snapshot = SampleRecord.Read(record, []);
        var group = SampleRecord.Group(record, string.Empty);
        _points.Add(new(
            RecordFields.Sequence(record), RecordFields.Int64(record, RecordFields.ClockOffset), snapshot.Usage, snapshot.HeapUsage,
            snapshot.Container.OtherProcesses, SampleRecord.Quiet(record), (group?.Device, group?.Inode), snapshot.Container.OomKills,
            snapshot.Machine.OomKills));
    }

    /// <returns>The trend; all unknown if there is no sample.</returns>
    public RunTrend Read()
    {
        if (_points.Count == 0)
        {
            return new();
        }

        _points.Sort(static (a, b) => b.Sequence.CompareTo(a.Sequence));
        var last = _points[0];
        var before = _points.Find(point => Age(point, last) >= LeastApart && Age(point, last) <= MostApart);
        return new()
        {
            UsedPace = Pace(before, last, static point => point.Usage.LeastUsedBytes, last.Usage.LimitBytes),
            HeapPace = Pace(before, last, static point => point.Heap.UsedBytes, last.Heap.LimitBytes),
            GroupKills = _points.Find(point => point.GroupKills is not null && point.Group == last.Group)?.GroupKills,
            MachineKills = _points.Find(point => point.MachineKills is not null)?.MachineKills,
            MostOtherProcesses = _points.Where(point => point.Group == last.Group).Max(point => point.OtherProcesses),
            MostQuiet = _points.Where(point => Age(point, last) <= QuietWindow).Max(point => point.Quiet),
        };
    }

    private static long Age(Point point, Point last) => last.Clock - point.Clock;

    /// <summary>Growth in bytes per second; 0 if the number did not grow by an amount that matters.</summary>
    private static double Pace(Point? before, Point last, Func<Point, long?> number, long? limit) =>
        before is not null && number(last) - number(before) is { } rise && rise >= Math.Max(LeastRiseBytes, (limit ?? 0) * LeastPartOfLimit)
            ? rise / BoxTime.Length(Age(before, last)).TotalSeconds
            : 0;

    private sealed record Point(
        long Sequence, long Clock, MemoryUsage Usage, MemoryUsage Heap, int? OtherProcesses, int? Quiet, (ulong?, ulong?) Group,
        long? GroupKills, long? MachineKills);
}

/// <summary>What the samples of a run show together.</summary>
internal sealed record RunTrend
{
    /// <summary>Growth of used memory, by its lower bound, in bytes per second; 0 if it did not grow or the samples are too close together.</summary>
    public double UsedPace { get; init; }

    /// <summary>The same for the occupied GC heap.</summary>
    public double HeapPace { get; init; }

    /// <summary>The last OOM-kill count of the cgroup that the run was last in.</summary>
    public long? GroupKills { get; init; }

    /// <summary>The last OOM-kill count of the machine.</summary>
    public long? MachineKills { get; init; }

    /// <summary>
    /// The most other processes that a sample found in the cgroup. A run that starts processes from time to time may have started one after the
    /// last sample.
    /// </summary>
    public int? MostOtherProcesses { get; init; }

    /// <summary>The most quiet operations that a sample of the last minute found in flight.</summary>
    public int? MostQuiet { get; init; }
}
