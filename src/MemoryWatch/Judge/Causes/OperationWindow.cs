using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>What operations allocated and charged since a reading of the history, and which were in flight.</summary>
/// <param name="names">The names that have separate statistics.</param>
/// <param name="since">Timestamp of that reading.</param>
internal sealed class OperationWindow(BoundedNames names, long since)
{
    private const int MostListed = 512;

    private readonly OperationSums _sums = new();
    private long _ended;
    private long _runningCount;

    /// <summary>Number of operations that were in flight.</summary>
    public long Count => _runningCount + _ended;

    /// <summary>The operations in flight, in no order. Of very many, the first and the last started.</summary>
    public IReadOnlyList<Operation> Running { get; private set; } = [];

    public void AddEnded(string name, (long Count, OperationAmount Own, long LateBytes) ended)
    {
        _sums.Add(name, ended.Count, ended.Own);
        _sums.AddLate(name, ended.LateBytes);
        _ended += ended.Count;
    }

    /// <summary>Moves an ended operation from the sum of its name to a separate entry, if its amount is large enough.</summary>
    public void TakeOut(in EndedOperation ended, OperationAmount own)
    {
        if (OperationSums.IsSingle(own))
        {
            _sums.Add(names.Of(ended.Name), -1, default(OperationAmount) - own);
            _sums.AddOne(ended.OperationId, ended.Name, ended.Name, ended.Context, own, isRunning: false, ended.StartTimestamp < since);
        }
    }

    /// <summary>Adds an operation in flight whose amount may have changed.</summary>
    public void AddRunning(Operation scope, OperationAmount own)
    {
        _sums.AddOne(scope.Id, scope.Name, names.Of(scope.Name), scope.Context, own, isRunning: true, scope.StartTimestamp < since);
    }

    public void SetInFlight(InFlightRegistry inFlight)
    {
        _runningCount = inFlight.Count;
        Running = _runningCount <= MostListed ? inFlight.All() : [.. inFlight.Oldest(MostListed / 2), .. inFlight.Newest(MostListed / 2)];
    }

    /// <summary>All entries with an amount above zero, in no order.</summary>
    public IEnumerable<MemoryCauseOperation> All() => _sums.All();
}
