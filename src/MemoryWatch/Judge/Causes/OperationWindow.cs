using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>What operations took since a reading of the history, and who was in flight.</summary>
internal sealed class OperationWindow(BoundedNames names)
{
    private readonly OperationSums _sums = new();
    private readonly List<Operation> _running = [];
    private long _ended;

    /// <summary>How many were in flight.</summary>
    public long Count => _running.Count + _ended;

    public IReadOnlyList<Operation> Running => _running;

    public void AddEnded(string name, (long Count, OperationAmount Own, long LateBytes) ended)
    {
        _sums.Add(name, ended.Count, ended.Own);
        _sums.AddLate(name, ended.LateBytes);
        _ended += ended.Count;
    }

    /// <summary>One of those that have ended stands for itself, if it took enough.</summary>
    public void TakeOut(in EndedOperation ended, OperationAmount own)
    {
        if (OperationSums.IsSingle(own))
        {
            _sums.Add(names.Of(ended.Name), -1, default(OperationAmount) - own);
            _sums.AddOne(ended.OperationId, ended.Name, ended.Name, ended.Context, own, isRunning: false);
        }
    }

    public void AddRunning(Operation scope, OperationAmount own)
    {
        _running.Add(scope);
        _sums.AddOne(scope.Id, scope.Name, names.Of(scope.Name), scope.Context, own, isRunning: true);
    }

    /// <summary>All that took something, in no order.</summary>
    public IEnumerable<MemoryCauseOperation> All() => _sums.All();
}
