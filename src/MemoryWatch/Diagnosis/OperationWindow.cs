using MemoryWatch.Detection;
using MemoryWatch.Operations;

namespace MemoryWatch.Diagnosis;

/// <summary>
/// What operations took since a reading of the history. Those that took much stand for themselves; the others are added up by name, as a
/// web application ends thousands of small ones a second.
/// </summary>
internal sealed class OperationWindow(OperationTable table)
{
    private readonly List<MemoryCauseOperation> _single = [];
    private readonly Dictionary<string, Sum> _byName = new(StringComparer.Ordinal);
    private readonly List<OperationScope> _running = [];
    private long _ended;

    /// <summary>How many were in flight.</summary>
    public long Count => _running.Count + _ended;

    public IReadOnlyList<OperationScope> Running => _running;

    public void AddEnded(string name, (long Count, OperationAmount Own, long LateBytes) ended)
    {
        var sum = Of(name);
        sum.Count += ended.Count;
        sum.Own += ended.Own;
        sum.LateBytes += ended.LateBytes;
        _ended += ended.Count;
    }

    /// <summary>One of those that have ended stands for itself, if it took enough.</summary>
    public void TakeOut(in EndedOperation ended, OperationAmount own)
    {
        if (own.Sum >= OperationHandover.LeastBytes)
        {
            var sum = Of(table.NameOf(ended.Name));
            (sum.Count, sum.Own) = (Math.Max(0, sum.Count - 1), (sum.Own - own).Floored());
            Add(ended.OperationId, ended.Name, ended.Context, own, isRunning: false);
        }
    }

    public void AddRunning(OperationScope scope, OperationAmount own)
    {
        _running.Add(scope);
        if (own.Sum >= OperationHandover.LeastBytes)
        {
            Add(scope.Id, scope.Name, scope.Context, own, isRunning: true);
        }
        else if (own.Sum > 0)
        {
            var sum = Of(table.NameOf(scope.Name));
            (sum.Count, sum.Own, sum.IsRunning) = (sum.Count + 1, sum.Own + own, true);
        }
    }

    /// <summary>All that took something, by what they took, the most first.</summary>
    /// <param name="mostBytes">What the whole process allocated: none has allocated more since, though it may have been counted since.</param>
    public List<MemoryCauseOperation> Rank(long? mostBytes)
    {
        var all = new List<MemoryCauseOperation>(_single);
        foreach (var (name, sum) in _byName)
        {
            if (sum.Own.Sum > 0)
            {
                all.Add(new()
                {
                    Name = name,
                    Count = Math.Max(1, sum.Count),
                    AllocatedBytes = sum.Own.AllocatedBytes,
                    ChargedBytes = sum.Own.ChargedBytes,
                    IsRunning = sum.IsRunning,
                });
            }

            if (sum.LateBytes > 0)
            {
                all.Add(new() { Name = name, AllocatedBytes = sum.LateBytes });
            }
        }

        var whole = Math.Max(mostBytes ?? 0, all.Sum(o => Capped(o.AllocatedBytes)));
        all = all.ConvertAll(o => new MemoryCauseOperation
        {
            Name = o.Name,
            Context = o.Context,
            OperationId = o.OperationId,
            Count = o.Count,
            AllocatedBytes = Capped(o.AllocatedBytes),
            ChargedBytes = o.ChargedBytes,
            Share = whole == 0 ? 0 : (double)Capped(o.AllocatedBytes) / whole,
            IsRunning = o.IsRunning,
        });
        all.Sort(static (a, b) => (b.AllocatedBytes + b.ChargedBytes).CompareTo(a.AllocatedBytes + a.ChargedBytes));
        return all;

        long Capped(long bytes) => Math.Min(bytes, mostBytes ?? long.MaxValue);
    }

    private void Add(long id, string name, in OperationContext context, OperationAmount own, bool isRunning) => _single.Add(new()
    {
        Name = name,
        Context = context,
        OperationId = id,
        Count = 1,
        AllocatedBytes = own.AllocatedBytes,
        ChargedBytes = own.ChargedBytes,
        IsRunning = isRunning,
    });

    private Sum Of(string name)
    {
        if (!_byName.TryGetValue(name, out var sum))
        {
            _byName[name] = sum = new();
        }

        return sum;
    }

    private sealed class Sum
    {
        public long Count { get; set; }

        public OperationAmount Own { get; set; }

        public long LateBytes { get; set; }

        public bool IsRunning { get; set; }
    }
}
