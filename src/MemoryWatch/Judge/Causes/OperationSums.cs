using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Sums what operations allocated and charged within a window. An operation with a large amount gets a separate entry. The others are summed by
/// name because a web application ends thousands of small operations per second.
/// </summary>
internal sealed class OperationSums
{
    private readonly List<MemoryCauseOperation> _single = [];
    private readonly Dictionary<string, Sum> _byName = new(StringComparer.Ordinal);

    /// <summary>Whether an operation with this amount gets a separate entry.</summary>
    public static bool IsSingle(OperationAmount own) => own.Sum >= OperationHandover.LeastBytes;

    /// <summary>Adds one operation: as a separate entry if its amount is large, otherwise to the sum of its name.</summary>
    /// <param name="id">The operation's id.</param>
    /// <param name="name">The operation's name.</param>
    /// <param name="sumName">The name under which small operations of this name are summed.</param>
    /// <param name="context">The operation's context.</param>
    /// <param name="own">What the operation allocated and charged.</param>
    /// <param name="isRunning">Whether the operation is in flight.</param>
    /// <param name="isOlder">Whether it began before the window.</param>
    public void AddOne(
        long id, string name, string sumName, in OperationContext context, OperationAmount own, bool isRunning, bool isOlder = false)
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
            IsOlder = isOlder,
        });
    }

    /// <summary>Adds operations to the sum of a name, or subtracts them if the numbers are negative.</summary>
    public void Add(string name, long count, OperationAmount own, bool isRunning = false)
    {
        var sum = Of(name);
        (sum.Count, sum.Own, sum.IsRunning) = (Math.Max(0, sum.Count + count), (sum.Own + own).Floored(), sum.IsRunning || isRunning);
    }

    /// <summary>Adds the bytes that flows started by operations of a name allocated after their operation had ended.</summary>
    public void AddLate(string name, long bytes) => Of(name).LateBytes += bytes;

    /// <summary>All entries with an amount above zero, in no order.</summary>
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
