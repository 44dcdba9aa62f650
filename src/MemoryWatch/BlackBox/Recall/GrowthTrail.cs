using MemoryWatch.BlackBox.Format;
using MemoryWatch.Judge;
using MemoryWatch.Track;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Reads a record of the file; the result is empty if there is no sound record at the offset.</summary>
internal delegate ReadOnlySpan<byte> RecordAt(long offset);

/// <summary>
/// Explains how memory grew before a run was last seen, and which operations allocated meanwhile. The scan only notes samples and the offsets of
/// allocation records, because records come in any order. Times are by the run's clock, in microseconds.
/// </summary>
internal sealed class GrowthTrail(RecordAt read)
{
    private static readonly long Window = BoxTime.Of(TimeSpan.FromMinutes(1));

    private readonly List<(long Sequence, long Clock, bool IsMetered, MemoryParts Parts)> _samples = [];
    private readonly List<(long Sequence, long Clock, long Offset)> _allocations = [];

    public void AddSample(ReadOnlySpan<byte> record)
    {
        if (MemoryParts.Of(SampleRecord.Read(record, [])) is { } parts)
        {
            _samples.Add((Sequence(record), Clock(record), SampleRecord.IsMetered(record), parts.Within(AllocationFields.Most)));
        }
    }

    public void AddAllocations(ReadOnlySpan<byte> record, long offset) => _allocations.Add((Sequence(record), Clock(record), offset));

    /// <summary>Allocations of operations as last recorded at or before a time of the run's clock.</summary>
    public AllocationsAtOnce AllocationsAt(long clock = long.MaxValue)
    {
        var allocations = new AllocationsAtOnce();
        var last = _allocations.Where(a => a.Clock <= clock).OrderBy(a => a.Sequence).LastOrDefault();

        // If many operations were in flight, several records belong to one moment.
        foreach (var (_, _, offset) in _allocations.Where(a => a.Clock == last.Clock))
        {
            if (read(offset) is { IsEmpty: false } record)
            {
                allocations.Add(record);
            }
        }

        return allocations;
    }

    /// <param name="inFlight">The operations in flight at the end, oldest first.</param>
    /// <param name="inFlightCount">Number of operations in flight at the end.</param>
    /// <param name="lastClock">Time of the last record, to which the ages refer.</param>
    /// <param name="entries">Offsets of the entries.</param>
    /// <returns>
    /// The cause of the growth up to the last sample; <see langword="null"/> if there is no sample or memory grew by less than 1 MB.
    /// </returns>
    public MemoryCause? Explain(IReadOnlyList<OperationInFlight> inFlight, int inFlightCount, long lastClock, IEnumerable<long> entries)
    {
        if (FindGrowth(out var began, out var isMetered) is not { } growth)
        {
            return null;
        }

        var sums = new OperationSums();
        var before = AllocationsAt(began);
        foreach (var operation in inFlight)
        {
            var ranThen = lastClock - BoxTime.Of(operation.Age) < began;
            var own = before.Since(operation.OperationId, OperationAmount.OwnOf(operation.Allocation), ranThen);
            sums.AddOne(operation.OperationId, operation.Name, operation.Name, operation.Context, own, isRunning: true);
        }

        var ended = new List<(long Operation, long Offset)>();
        foreach (var offset in entries)
        {
            var record = read(offset);
            if (!record.IsEmpty && Kind(record) == RecordKind.Ended && Clock(record) >= began)
            {
                ended.Add((EntryRecord.OperationId(record), offset));
                AddEnded(sums, record, before, began);
            }
        }

        var named = inFlight.Select(o => (o.OperationId, Operation: Growth.InFlight(o.OperationId, o.Name, o.Context, isRunning: true)))
            .Concat(ended.OrderByDescending(e => e.Operation).Take(Growth.Named).Select(Describe))
            .OrderByDescending(o => o.OperationId).Select(o => o.Operation).Take(Growth.Named);
        return growth.Explain(isMetered ? sums.All() : null, [.. named], inFlightCount + ended.Count);
    }

    private (long OperationId, MemoryCauseOperation Operation) Describe((long Operation, long Offset) ended)
    {
        var entry = EntryRecord.Read(read(ended.Offset)) ?? default;
        return (ended.Operation, Growth.InFlight(ended.Operation, entry.Name ?? string.Empty, entry.Context, isRunning: false));
    }

    private Growth? FindGrowth(out long began, out bool isMetered)
    {
        (began, isMetered) = (0, false);
        if (_samples.Count == 0)
        {
            return null;
        }

        _samples.Sort(static (a, b) => b.Sequence.CompareTo(a.Sequence));
        var last = _samples[0];
        var window = _samples.Where(sample => last.Clock - sample.Clock is >= 0 and var age && age <= Window).ToList();
        var first = window[Growth.FindBegin([.. window.Select(sample => sample.Parts.ResidentBytes)], last.Parts.ResidentBytes)];
        (began, isMetered) = (first.Clock, last.IsMetered);
        var growth = new Growth(first.Parts, last.Parts, last.Parts.ResidentBytes, BoxTime.Length(last.Clock - began));
        return growth.RiseBytes < Growth.LeastRiseBytes ? null : growth;
    }

    private static void AddEnded(OperationSums sums, ReadOnlySpan<byte> record, AllocationsAtOnce before, long began)
    {
        if (EntryRecord.Allocation(record) is not { } allocation)
        {
            return;
        }

        var own = before.Since(EntryRecord.OperationId(record), OperationAmount.OwnOf(allocation), Clock(record) - EntryRecord.Duration(record) < began);
        if (own.Sum > 0 && EntryRecord.Read(record) is { } entry)
        {
            sums.AddOne(entry.OperationId, entry.Name, entry.Name, entry.Context, own, isRunning: false);
        }
    }

    private static long Clock(ReadOnlySpan<byte> record) => Int64(record, ClockOffset);
}
