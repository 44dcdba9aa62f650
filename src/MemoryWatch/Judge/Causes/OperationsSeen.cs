using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>The operations that were in flight while memory grew, and what is known of the processor.</summary>
internal sealed record OperationsSeen
{
    /// <summary>Maximum number of operations in each list.</summary>
    public const int Most = 5;

    /// <summary>Those that still are, and of these the last started first, at most <see cref="Most"/>; ended ones are included.</summary>
    public IReadOnlyList<MemoryCauseOperation> InFlight { get; init; } = [];

    /// <summary>Number of operations that were in flight, including ended ones.</summary>
    public long Count { get; init; }

    /// <summary>The highest number found in flight at once; 0 if it is unknown.</summary>
    public long MostAtOnce { get; init; }

    /// <summary>Those that filled memory, or else those that had the processor, the oldest first.</summary>
    public IReadOnlyList<MemoryCauseOperation> AtWork { get; init; } = [];

    public int AtWorkCount { get; init; }

    /// <summary>Those in flight that had not, the oldest first.</summary>
    public IReadOnlyList<MemoryCauseOperation> Waiting { get; init; } = [];

    public int WaitingCount { get; init; }

    /// <summary>The one that was the only one in flight while most of the growth happened.</summary>
    public MemoryCauseOperation? Alone { get; init; }

    public long AloneBytes { get; init; }

    /// <summary>Whether threads outside of operations ran; <see langword="null"/> if it is unknown who ran.</summary>
    public bool? OthersRan { get; init; }

    /// <summary>Adds who ran and who waited, if that is known.</summary>
    /// <param name="processor">Who had the processor.</param>
    /// <param name="running">The operations in flight.</param>
    public OperationsSeen With(ProcessorWindow processor, IReadOnlyList<Operation> running)
    {
        if (processor.Outside is null)
        {
            return this;
        }

        var seen = processor.Operations.ToDictionary(o => o.Operation.Id);
        var enclosing = Enclosing(processor.Ran.Select(o => o.Operation));
        return With(
            [.. processor.Ran.Where(o => o.Operation.IsRunning)
                .Select(o => AtWorkFor(Describe(o.Operation), o.Since, o.State == RunState.Touched))],
            [.. running.Where(o => !enclosing.Contains(o.Id) && (!seen.TryGetValue(o.Id, out var on) || on.State == RunState.Waited))
                .OrderBy(o => o.Id).Select(Describe)],
            processor.OutsideRan);
    }

    /// <summary>Adds who ran and who waited, the oldest first.</summary>
    public OperationsSeen With(
        IReadOnlyList<MemoryCauseOperation> atWork, IReadOnlyList<MemoryCauseOperation> waiting, bool othersRan) => this with
    {
        AtWork = [.. atWork.Take(Most)],
        AtWorkCount = atWork.Count,
        Waiting = [.. waiting.Take(Most)],
        WaitingCount = waiting.Count,
        OthersRan = othersRan,
    };

    public static MemoryCauseOperation AtWorkFor(MemoryCauseOperation operation, TimeSpan computing, bool hasTouched) => new()
    {
        OperationId = operation.OperationId,
        Name = operation.Name,
        Context = operation.Context,
        Count = 1,
        IsRunning = true,
        ComputingFor = computing,
        TouchedNewMemory = hasTouched,
    };

    public static MemoryCauseOperation Describe(Operation operation) =>
        Growth.InFlight(operation.Id, operation.Name, operation.Context, operation.IsRunning);

    /// <summary>The ids of operations and of all that enclose them.</summary>
    private static HashSet<long> Enclosing(IEnumerable<Operation> operations)
    {
        HashSet<long> ids = [];
        foreach (var operation in operations)
        {
            for (var around = operation; around is not null && ids.Add(around.Id); around = around.Parent)
            {
                // Adding is all that is done.
            }
        }

        return ids;
    }
}
