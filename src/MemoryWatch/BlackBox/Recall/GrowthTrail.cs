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

    /// <summary>A smaller part of the limit is no growth, as the first second of any program takes it.</summary>
    private const double LeastPartOfLimit = 0.01;

    private readonly List<Sample> _samples = [];
    private readonly List<(long Sequence, long Clock, long Offset)> _allocations = [];
    private readonly List<(long Sequence, long Clock, long Offset)> _names = [];
    private readonly RunningTrail _running = new(read);

    public void AddSample(ReadOnlySpan<byte> record)
    {
        var snapshot = SampleRecord.Read(record, []);
        if (MemoryParts.Of(snapshot) is { } parts)
        {
            _samples.Add(new(
                Sequence(record), Clock(record), SampleRecord.IsMetered(record), parts.Within(AllocationFields.Most),
                MemoryParts.IsJudgedByUsed(snapshot), snapshot.Usage.LimitBytes ?? 0));
        }
    }

    public void AddNames(ReadOnlySpan<byte> record, long offset) => _names.Add((Sequence(record), Clock(record), offset));

    public void AddRunning(ReadOnlySpan<byte> record, long offset) => _running.Add(record, offset);

    /// <summary>The quiet operations in flight at the last sample, as far as they are recorded, with their age at the last record.</summary>
    public IReadOnlyList<OperationInFlight> Quiet(long lastClock)
    {
        var last = _samples.Count == 0 ? 0 : _samples.MaxBy(sample => sample.Sequence).Clock;
        return _samples.Count == 0 ? [] : _running.Quiet(last, BoxTime.Length(Math.Max(0, lastClock - last)));
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
    /// <param name="quiet">The quiet operations in flight that are recorded.</param>
    /// <param name="lastClock">Time of the last record, to which the ages refer.</param>
    /// <param name="entries">Offsets of the entries.</param>
    /// <returns>
    /// The cause of the growth up to the last sample; <see langword="null"/> if there is no sample or memory did not grow by an amount that matters.
    /// </returns>
    public MemoryCause? Explain(
        IReadOnlyList<OperationInFlight> inFlight, int inFlightCount, IReadOnlyList<OperationInFlight> quiet, long lastClock, IEnumerable<long> entries)
    {
        if (FindGrowth(out var first, out var last) is not { } growth)
        {
            return null;
        }

        var began = first.Clock;
        var (sums, names) = (new OperationSums(), NamesSince(began));
        var before = AllocationsAt(began);
        foreach (var operation in inFlight)
        {
            var ranThen = lastClock - BoxTime.Of(operation.Age) < began;
            var own = before.Since(operation.OperationId, OperationAmount.OwnOf(operation.Allocation), ranThen);
            sums.AddOne(operation.OperationId, operation.Name, operation.Name, operation.Context, own, isRunning: true, ranThen);
            names.TakeOut(operation.Name, own);
        }

        var ended = new List<(long Operation, long Offset)>();
        foreach (var offset in entries)
        {
            var record = read(offset);
            if (!record.IsEmpty && Kind(record) == RecordKind.Ended && Clock(record) >= began)
            {
                ended.Add((EntryRecord.OperationId(record), offset));
                AddEnded(sums, names, record, before, began);
            }
        }

        names.AddTo(sums);
        IReadOnlyList<OperationInFlight> all = [.. inFlight, .. quiet.ExceptBy(inFlight.Select(o => o.OperationId), o => o.OperationId)];
        var named = all.OrderByDescending(o => o.OperationId).Select(o => Growth.InFlight(o.OperationId, o.Name, o.Context, isRunning: true))
            .Concat(ended.OrderByDescending(e => e.Operation).Take(Growth.Named).Select(Describe))
            .Take(Growth.Named);
        var running = inFlightCount + all.Count - inFlight.Count;
        var seen = new OperationsSeen
        {
            InFlight = [.. named],
            Count = running + Math.Max(ended.Count, names.Ended),
            MostAtOnce = running,
        };
        seen = _running.AddTo(seen, Steps(first, last), [.. all.OrderBy(o => o.OperationId)]);
        return growth.Explain(last.IsMetered ? sums.All() : null, seen, names.OthersBytes);
    }

    /// <summary>What resident memory grew by before each sample of the growth.</summary>
    private List<(long Clock, long Bytes)> Steps(Sample first, Sample last)
    {
        List<(long Clock, long Bytes)> steps = [];
        var before = first;
        foreach (var sample in _samples.Where(sample => sample.Clock > first.Clock && sample.Clock <= last.Clock).OrderBy(sample => sample.Sequence))
        {
            steps.Add((sample.Clock, Math.Max(0, sample.Parts.ResidentBytes - before.Parts.ResidentBytes)));
            before = sample;
        }

        return steps;
    }

    private NamesTrail NamesSince(long began)
    {
        var trail = new NamesTrail();
        foreach (var (_, _, offset) in _names.Where(record => record.Clock > began).OrderBy(record => record.Sequence))
        {
            if (read(offset) is { IsEmpty: false } record)
            {
                trail.Add(record);
            }
        }

        return trail;
    }

    private MemoryCauseOperation Describe((long Operation, long Offset) ended)
    {
        var entry = EntryRecord.Read(read(ended.Offset)) ?? default;
        return Growth.InFlight(ended.Operation, entry.Name ?? string.Empty, entry.Context, isRunning: false);
    }

    private Growth? FindGrowth(out Sample first, out Sample last)
    {
        (first, last) = (default, default);
        if (_samples.Count == 0)
        {
            return null;
        }

        _samples.Sort(static (a, b) => b.Sequence.CompareTo(a.Sequence));
        last = _samples[0];
        var newest = last;
        var isOfUsed = newest is { IsJudgedByUsed: true, Parts.UsedBytes: not null };
        var window = _samples.Where(sample => newest.Clock - sample.Clock is >= 0 and var age && age <= Window)
            .TakeWhile(sample => !isOfUsed || (sample.Parts.UsedBytes is not null && sample.Parts.Source == newest.Parts.Source)).ToList();
        long Level(Sample sample) => (isOfUsed ? sample.Parts.UsedBytes : null) ?? sample.Parts.ResidentBytes;
        first = window[Growth.FindBegin([.. window.Select(Level)], Level(newest))];
        var growth = new Growth(first.Parts, newest.Parts, Level(newest), BoxTime.Length(newest.Clock - first.Clock), isOfUsed);
        return growth.IsNotable && growth.RiseBytes >= newest.LimitBytes * LeastPartOfLimit ? growth : null;
    }

    private static void AddEnded(OperationSums sums, NamesTrail names, ReadOnlySpan<byte> record, AllocationsAtOnce before, long began)
    {
        if (EntryRecord.Allocation(record) is not { } allocation || EntryRecord.Read(record) is not { } entry)
        {
            return;
        }

        var isOlder = Clock(record) - EntryRecord.Duration(record) < began;
        var own = before.Since(entry.OperationId, OperationAmount.OwnOf(allocation), isOlder);
        names.TakeOut(entry.Name, own);
        if (own.Sum > 0)
        {
            sums.AddOne(entry.OperationId, entry.Name, entry.Name, entry.Context, own, isRunning: false, isOlder);
        }
    }

    private static long Clock(ReadOnlySpan<byte> record) => Int64(record, ClockOffset);

    private readonly record struct Sample(
        long Sequence, long Clock, bool IsMetered, MemoryParts Parts, bool IsJudgedByUsed, long LimitBytes);
}
