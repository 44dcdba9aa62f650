using MemoryWatch.BlackBox.Format;
using MemoryWatch.Judge;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Who had the processor before the samples of a run, and which quiet operations were in flight at the last one.</summary>
internal sealed class RunningTrail(RecordAt read)
{
    private readonly List<(long Clock, bool? OthersRan)> _looks = [];
    private (long Sequence, long Clock, long Offset) _last;
    private List<RunningItem>? _items;

    public void Add(ReadOnlySpan<byte> record, long offset)
    {
        var (sequence, clock) = (RecordFields.Sequence(record), RecordFields.Int64(record, RecordFields.ClockOffset));
        _looks.Add((clock, RunningRecord.OthersRan(record)));
        if (sequence > _last.Sequence)
        {
            _last = (sequence, clock, offset);
        }
    }

    /// <summary>The quiet operations that were in flight at the sample with this clock, the oldest first, as far as they are recorded.</summary>
    public IReadOnlyList<OperationInFlight> Quiet(long clock, TimeSpan since) =>
        [.. Items(clock).Where(item => item.IsQuiet).OrderBy(item => item.OperationId).Select(item => Describe(item, since))];

    /// <summary>Adds who ran and who waited at the sample with this clock, if that is known.</summary>
    /// <param name="seen">The operations that were in flight.</param>
    /// <param name="began">When the growth began.</param>
    /// <param name="clock">Clock of the sample.</param>
    /// <param name="inFlight">The operations in flight, quiet ones included.</param>
    public OperationsSeen AddTo(OperationsSeen seen, long began, long clock, IReadOnlyList<OperationInFlight> inFlight)
    {
        var looks = _looks.FindAll(look => look.Clock > began && look.Clock <= clock);
        if (_last.Clock != clock || !looks.Exists(look => look.Clock == clock) || looks.Exists(look => look.OthersRan is null))
        {
            return seen;
        }

        var atWork = Items(clock).Where(item => item.Computing is not null).ToLookup(item => item.OperationId, item => item.Computing ?? default);
        var enclosing = Enclosing(inFlight, atWork);
        return seen.With(
            [.. inFlight.Where(o => atWork.Contains(o.OperationId)).Select(o => OperationsSeen.AtWorkFor(Named(o), atWork[o.OperationId].First()))],
            [.. inFlight.Where(o => !enclosing.Contains(o.OperationId)).Select(Named)],
            looks.Exists(look => look.OthersRan == true));
    }

    private List<RunningItem> Items(long clock) => _last.Sequence > 0 && _last.Clock == clock ? _items ??= RunningRecord.Read(read(_last.Offset)) : [];

    private static HashSet<long> Enclosing(IReadOnlyList<OperationInFlight> inFlight, ILookup<long, TimeSpan> atWork)
    {
        var parents = inFlight.GroupBy(o => o.OperationId).ToDictionary(group => group.Key, group => group.First().ParentId);
        HashSet<long> ids = [];
        foreach (var work in atWork)
        {
            for (var id = work.Key; ids.Add(id) && parents.TryGetValue(id, out var parent) && parent != 0; id = parent)
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
}
