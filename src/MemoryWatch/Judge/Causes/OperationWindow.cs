using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>What operations took since a reading of the history, and who was in flight.</summary>
internal sealed class OperationWindow(OperationTable table)
{
    private readonly OperationSums _sums = new();
    private readonly List<OperationScope> _running = [];
    private long _ended;

    /// <summary>How many were in flight.</summary>
    public long Count => _running.Count + _ended;

    public IReadOnlyList<OperationScope> Running => _running;

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
            _sums.Add(table.NameOf(ended.Name), -1, default(OperationAmount) - own);
            _sums.AddSingle(ended.OperationId, ended.Name, ended.Context, own, isRunning: false);
        }
    }

    public void AddRunning(OperationScope scope, OperationAmount own)
    {
        _running.Add(scope);
        if (OperationSums.IsSingle(own))
        {
            _sums.AddSingle(scope.Id, scope.Name, scope.Context, own, isRunning: true);
        }
        else if (own.Sum > 0)
        {
            _sums.Add(table.NameOf(scope.Name), 1, own, isRunning: true);
        }
    }

    /// <summary>All that took something, in no order.</summary>
    public IEnumerable<MemoryCauseOperation> All() => _sums.All();
}
