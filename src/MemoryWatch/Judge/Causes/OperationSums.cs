using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// What operations took within a window. Those that took much stand for themselves; the others are added up by name, as a web application
/// ends thousands of small ones a second.
/// </summary>
internal sealed class OperationSums
{
    private readonly List<MemoryCauseOperation> _single = [];
    private readonly Dictionary<string, Sum> _byName = new(StringComparer.Ordinal);

    /// <summary>Whether an operation that took this much stands for itself.</summary>
    public static bool IsSingle(OperationAmount own) => own.Sum >= OperationHandover.LeastBytes;

    /// <summary>Adds one operation: for itself or, where it took little, to those of its name.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sumName">The name under which small ones of this name are added up.</param>
    /// <param name="context">What it is about.</param>
    /// <param name="own">What it took.</param>
    /// <param name="isRunning">Whether it is in flight.</param>
    public void AddOne(long id, string name, string sumName, in OperationContext context, OperationAmount own, bool isRunning)
    {
        if (!IsSingle(own))
        {
            if (own.Sum > 0)
            {
                Add(sumName, 1, own, isRunning);
            }

            return;
        }

        _single.Add(new()
        {
            Name = name,
            Context = context,
            OperationId = id,
            Count = 1,
            AllocatedBytes = own.AllocatedBytes,
            ChargedBytes = own.ChargedBytes,
            IsRunning = isRunning,
        });
    }

    /// <summary>Adds operations of a name, or takes them out where the numbers are below zero.</summary>
    public void Add(string name, long count, OperationAmount own, bool isRunning = false)
    {
        var sum = Of(name);
        (sum.Count, sum.Own, sum.IsRunning) = (Math.Max(0, sum.Count + count), (sum.Own + own).Floored(), sum.IsRunning || isRunning);
    }

    /// <summary>Adds what flows that operations of a name had started took after the end of theirs.</summary>
    public void AddLate(string name, long bytes) => Of(name).LateBytes += bytes;

    /// <summary>All that took something, in no order.</summary>
    public IEnumerable<MemoryCauseOperation> All()
    {
        foreach (var operation in _single)
        {
            yield return operation;
        }

        foreach (var (name, sum) in _byName)
        {
            if (sum.Own.Sum > 0)
            {
                yield return new()
                {
                    Name = name,
                    Count = Math.Max(1, sum.Count),
                    AllocatedBytes = sum.Own.AllocatedBytes,
                    ChargedBytes = sum.Own.ChargedBytes,
                    IsRunning = sum.IsRunning,
                };
            }

            if (sum.LateBytes > 0)
            {
                yield return new() { Name = name, AllocatedBytes = sum.LateBytes };
            }
        }
    }

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
