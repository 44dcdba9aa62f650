using MemoryWatch.BlackBox.Format;
using MemoryWatch.Judge;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Who had the processor before the samples of a run, and which quiet operations were in flight at the last one.</summary>
internal sealed class RunningTrail(RecordAt read)
{
    // Whoever was at work for at least this part of the growth is named; more than half of the growth must be known.
    private const double MuchOfIt = 0.25;
    private const double MostOfIt = 0.5;

    private readonly Dictionary<long, (bool? OthersRan, long Offset)> _looks = [];
    private (long Sequence, long Clock, long Offset) _last;
    private List<RunningItem>? _items;

    public void Add(ReadOnlySpan<byte> record, long offset)
    {
        var (sequence, clock) = (RecordFields.Sequence(record), RecordFields.Int64(record, RecordFields.ClockOffset));
        _looks[clock] = (RunningRecord.OthersRan(record), offset);
        if (sequence > _last.Sequence)
        {
            _last = (sequence, clock, offset);
        }
    }

    /// <summary>The quiet operations that were in flight at the sample with this clock, the oldest first, as far as they are recorded.</summary>
    public IReadOnlyList<OperationInFlight> Quiet(long clock, TimeSpan since) =>
        [.. Items(clock).Where(item => item.IsQuiet).OrderBy(item => item.OperationId).Select(item => Describe(item, since))];

    /// <summary>
    /// Adds who ran and who waited, if that is known for most of the growth. Each sample counts by what memory grew before it, so who ran while it
    /// did not grow does not matter.
    /// </summary>
    /// <param name="seen">The operations that were in flight.</param>
    /// <param name="steps">What memory grew by before each sample of the growth, by the sample's clock, the oldest first.</param>
    /// <param name="inFlight">The operations in flight at the end, quiet ones included.</param>
    public OperationsSeen AddTo(
        OperationsSeen seen, IReadOnlyList<(long Clock, long Bytes)> steps, IReadOnlyList<OperationInFlight> inFlight)
    {
        var (all, known, others) = (steps.SumBytes(step => step.Bytes), 0L, 0L);
        var atWork = new Dictionary<long, Work>();
        foreach (var (clock, bytes) in steps)
        {
            if (bytes == 0 || !_looks.TryGetValue(clock, out var look) || look.OthersRan is not { } othersRan)
            {
                continue;
            }

            (known, others) = (known + bytes, others + (othersRan ? bytes : 0));
            foreach (var item in RunningRecord.Read(read(look.Offset)))
            {
                if (item.Computing is { } computing)
                {
                    var work = atWork.GetValueOrDefault(item.OperationId);
                    atWork[item.OperationId] = new(work.Bytes + bytes, work.TouchedBytes + (item.HasTouched ? bytes : 0), computing);
                }
            }
        }

        if (known <= all * MostOfIt)
        {
            return seen;
        }

        var named = inFlight.Where(o => atWork.TryGetValue(o.OperationId, out var work) && work.Bytes >= known * MuchOfIt).ToList();
        var enclosing = Enclosing(inFlight, named.Select(o => o.OperationId));
        return seen.With(
            [.. named.Select(o => Describe(Named(o), atWork[o.OperationId]))],
            [.. inFlight.Where(o => !enclosing.Contains(o.OperationId)).Select(Named)],
            others >= known * MuchOfIt);
    }

    private static MemoryCauseOperation Describe(MemoryCauseOperation operation, in Work work) =>
        OperationsSeen.AtWorkFor(operation, work.Computing, work.TouchedBytes > work.Bytes * MostOfIt);

    private List<RunningItem> Items(long clock) => _last.Sequence > 0 && _last.Clock == clock ? _items ??= RunningRecord.Read(read(_last.Offset)) : [];

    private static HashSet<long> Enclosing(IReadOnlyList<OperationInFlight> inFlight, IEnumerable<long> atWork)
    {
        var parents = inFlight.GroupBy(o => o.OperationId).ToDictionary(group => group.Key, group => group.First().ParentId);
        HashSet<long> ids = [];
        foreach (var work in atWork)
        {
            for (var id = work; ids.Add(id) && parents.TryGetValue(id, out var parent) && parent != 0; id = parent)
            {
                // Adding is all that is done.
            }
        }

        return ids;
    }

    private static MemoryCauseOperation Named(OperationInFlight operation) =>
        Growth.InFlight(operation.OperationId, operation.Name, operation.Context, isRunning: true);

    private static OperationInFlight Describe(in RunningItem item, TimeSpan since) => new()
    {
        OperationId = item.OperationId,
        ParentId = item.ParentId,
        Name = item.Name,
        Context = new OperationContext(item.Context),
        Age = item.Age + since,
        Allocation = new() { AllocatedBytes = item.AllocatedBytes, SelfAllocatedBytes = item.SelfAllocatedBytes },
    };

    /// <summary>How an operation was found at work.</summary>
    /// <param name="Bytes">What memory grew by meanwhile.</param>
    /// <param name="TouchedBytes">The part of it for which it is known that the operation's threads touched most of it.</param>
    /// <param name="Computing">How long it had been on its thread when it was last found.</param>
    private readonly record struct Work(long Bytes, long TouchedBytes, TimeSpan Computing);
}
