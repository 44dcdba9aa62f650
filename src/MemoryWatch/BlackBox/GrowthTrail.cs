using MemoryWatch.Detection;
using MemoryWatch.Diagnosis;
using MemoryWatch.Operations;

namespace MemoryWatch.BlackBox;

/// <summary>A record of the file; empty where there is none that is sound.</summary>
internal delegate ReadOnlySpan<byte> RecordAt(long offset);

/// <summary>
/// How memory grew before a run was last seen, and who allocated meanwhile. While the file is gone through it is only noted where what
/// stands: records come in any order.
/// </summary>
internal sealed class GrowthTrail(RecordAt read)
{
    private static readonly long Window = BoxTime.Of(TimeSpan.FromMinutes(1));

    private readonly List<(long Sequence, long Clock, MemoryParts Parts)> _samples = [];
    private readonly List<(long Sequence, long Clock, long Offset)> _allocations = [];

    public void AddSample(ReadOnlySpan<byte> record)
    {
        if (MemoryParts.Of(SampleRecord.Read(record, [])) is { } parts)
        {
            _samples.Add((RecordFields.Sequence(record), Clock(record), parts.Within(AllocationFields.Most)));
        }
    }

    public void AddAllocations(ReadOnlySpan<byte> record, long offset) =>
        _allocations.Add((RecordFields.Sequence(record), Clock(record), offset));

    /// <summary>What operations had allocated when that was last taken down until then, by their numbers.</summary>
    /// <param name="clock">The time by the run's clock; the last of all by default.</param>
    public Dictionary<long, OperationAllocation> AllocationsAt(long clock = long.MaxValue)
    {
        var allocations = new Dictionary<long, OperationAllocation>();
        if (_allocations.Where(a => a.Clock <= clock).OrderBy(a => a.Sequence).LastOrDefault() is { Sequence: > 0 } last)
        {
            // Several records, where many were in flight, are of one moment.
            foreach (var (_, _, offset) in _allocations.Where(a => a.Clock == last.Clock))
            {
                if (read(offset) is { IsEmpty: false } record)
                {
                    AllocationRecord.Read(record, allocations);
                }
            }
        }

        return allocations;
    }

    /// <param name="inFlight">What was in flight at the end.</param>
    /// <param name="inFlightCount">How many were.</param>
    /// <param name="lastEntries">Where the entries stand, the last first.</param>
    /// <returns>The cause of the growth up to the last sample; absent where memory did not grow.</returns>
    public MemoryCause? Explain(IReadOnlyList<OperationInFlight> inFlight, int inFlightCount, IEnumerable<long> lastEntries)
    {
        if (FindGrowth(out var began) is not { } growth)
        {
            return null;
        }

        var sums = new OperationSums();
        var before = AllocationsAt(began);
        foreach (var operation in inFlight)
        {
            var own = operation.Allocation.Own - Own(before, operation.OperationId);
            Add(sums, operation.OperationId, operation.Name, operation.Context, own, isRunning: true);
        }

        foreach (var offset in lastEntries)
        {
            var record = read(offset);
            if (!record.IsEmpty && Clock(record) < began)
            {
                break;
            }

            if (!record.IsEmpty && RecordFields.Kind(record) == RecordKind.Ended && EntryRecord.Allocation(record) is { } allocation)
            {
                var own = allocation.Own - Own(before, EntryRecord.OperationId(record));
                if (own.Sum > 0 && EntryRecord.Read(record) is { } ended)
                {
                    Add(sums, ended.OperationId, ended.Name, ended.Context, own, isRunning: false);
                }
            }
        }

        var named = inFlight.Reverse().Take(Growth.Named).Select(o => Growth.InFlight(o.OperationId, o.Name, o.Context, isRunning: true));
        return growth.Explain(sums.All(), [.. named], inFlightCount);
    }

    private Growth? FindGrowth(out long began)
    {
        _samples.Sort(static (a, b) => b.Sequence.CompareTo(a.Sequence));
        began = 0;
        if (_samples.Count == 0)
        {
            return null;
        }

        var last = _samples[0];
        var window = _samples.TakeWhile(sample => last.Clock - sample.Clock is >= 0 and var age && age <= Window).ToList();
        var place = GrowthBegin.Find([.. window.Select(sample => sample.Parts.ResidentBytes)], last.Parts.ResidentBytes);
        if (place < 0)
        {
            return null;
        }

        began = window[place].Clock;
        var growth = new Growth(window[place].Parts, last.Parts, last.Parts.ResidentBytes, BoxTime.Length(last.Clock - began));
        return growth.RiseBytes < Growth.LeastRiseBytes ? null : growth;
    }

    private static void Add(OperationSums sums, long id, string name, in OperationContext context, OperationAmount own, bool isRunning)
    {
        own = own.Floored();
        if (OperationSums.IsSingle(own))
        {
            sums.AddSingle(id, name, context, own, isRunning);
        }
        else if (own.Sum > 0)
        {
            sums.Add(name, 1, own, isRunning);
        }
    }

    private static OperationAmount Own(Dictionary<long, OperationAllocation> allocations, long operation) =>
        allocations.GetValueOrDefault(operation).Own;

    private static long Clock(ReadOnlySpan<byte> record) => RecordFields.Int64(record, RecordFields.ClockOffset);
}
