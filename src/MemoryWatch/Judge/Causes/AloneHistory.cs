using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Knows which operation was the only one in flight from one reading of the history to the next. What grew meanwhile grew while only it ran. Used by
/// the watch thread only; allocates nothing.
/// </summary>
internal sealed class AloneHistory(OperationStore operations)
{
    private readonly (Operation? Only, long Ended)[] _at = new (Operation?, long)[ReadingHistory.Length];

    public void Keep(long number) => _at[number % ReadingHistory.Length] = Now();

    /// <summary>The operation that was alone for most of the growth of a part of memory, and how much it grew meanwhile.</summary>
    /// <param name="history">The readings.</param>
    /// <param name="since">Number of the reading at which the growth began.</param>
    /// <param name="now">The current reading.</param>
    /// <param name="part">Returns the part of memory, in bytes.</param>
    public (Operation Operation, long Bytes)? Find(ReadingHistory history, long since, in MemoryParts now, Func<MemoryParts, long?> part)
    {
        var grown = new Dictionary<Operation, long>();
        for (var number = since; number <= history.Last; number++)
        {
            var isLast = number == history.Last;
            var (then, next) = (_at[number % ReadingHistory.Length], isLast ? Now() : _at[(number + 1) % ReadingHistory.Length]);
            if (then.Only is { } only && ReferenceEquals(only, next.Only) && then.Ended == next.Ended
                && part(isLast ? now : history.At(number + 1).Parts) - part(history.At(number).Parts) is { } change)
            {
                grown[only] = grown.GetValueOrDefault(only) + change;
            }
        }

        var all = part(now) - part(history.At(since).Parts);
        return grown.Count > 0 && grown.MaxBy(item => item.Value) is var most && most.Value > all / 2 ? (most.Key, most.Value) : null;
    }

    private (Operation? Only, long Ended) Now()
    {
        if (operations.InFlight.Count != 1)
        {
            return default;
        }

        var ended = 0L;
        foreach (var statistics in operations.Totals.All)
        {
            ended += statistics.ReadOwn().Count;
        }

        foreach (var operation in operations.InFlight.Slots)
        {
            if (operation is { IsRunning: true })
            {
                return (operation, ended);
            }
        }

        return default;
    }
}
