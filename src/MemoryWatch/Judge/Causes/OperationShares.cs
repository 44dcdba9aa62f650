namespace MemoryWatch.Judge;

/// <summary>Makes the amounts of operations within a window add up, and ranks them by amount.</summary>
internal static class OperationShares
{
    // An operation is named apart from the others of its name if it has at least this share of what they took together.
    private const double Separate = 0.3;

    /// <summary>
    /// Ranks operations, the largest first. Operations of one name become one item unless one of them took much of what they took together.
    /// </summary>
    /// <param name="operations">What operations allocated and charged, in any order.</param>
    /// <param name="allocatedBytes">What the process allocated; <see langword="null"/> if that is unknown.</param>
    public static List<MemoryCauseOperation> Rank(IEnumerable<MemoryCauseOperation> operations, long? allocatedBytes)
    {
        var all = Fit([.. operations], allocatedBytes ?? long.MaxValue);
        var whole = Math.Max(allocatedBytes ?? 0, all.SumBytes(o => o.AllocatedBytes));
        List<MemoryCauseOperation> ranked = [];
        foreach (var named in all.Where(o => o.Count > 0).GroupBy(o => o.Name, StringComparer.Ordinal))
        {
            AddNamed(ranked, [.. named.OrderByDescending(Sum)], whole);
        }

        // What was allocated after the end of operations is not theirs.
        ranked.AddRange(all.Where(o => o.Count == 0).Select(o => With(o, o.AllocatedBytes, whole)));
        ranked.Sort(static (a, b) => Sum(b).CompareTo(Sum(a)));
        return ranked;
    }

    /// <summary>
    /// Limits what operations allocated together to what the process allocated. A flow is counted when it pauses, so an operation that began before
    /// the window may have allocated some of its bytes before it too; all others allocated theirs within.
    /// </summary>
    private static List<MemoryCauseOperation> Fit(List<MemoryCauseOperation> all, long most)
    {
        all = all.ConvertAll(o => With(o, Math.Min(o.AllocatedBytes, most), 0));
        var (older, younger) = (all.Where(o => o.IsOlder).SumBytes(o => o.AllocatedBytes), all.Where(o => !o.IsOlder).SumBytes(o => o.AllocatedBytes));
        if (older <= most - Math.Min(most, younger) && younger <= most)
        {
            return all;
        }

        var (ofOlder, ofYounger) = (Part(older, most - Math.Min(most, younger)), Part(younger, most));
        return all.ConvertAll(o => With(o, (long)(o.AllocatedBytes * (o.IsOlder ? ofOlder : ofYounger)), 0));
    }

    private static double Part(long bytes, long room) => bytes <= room ? 1 : (double)room / bytes;

    private static void AddNamed(List<MemoryCauseOperation> ranked, MemoryCauseOperation[] named, long whole)
    {
        var rest = named.SumBytes(Sum);
        var separate = 0;
        while (separate < named.Length && named[separate].Count == 1 && Sum(named[separate]) >= rest * Separate)
        {
            rest -= Sum(named[separate]);
            ranked.Add(With(named[separate], named[separate].AllocatedBytes, whole));
            separate++;
        }

        var others = named[separate..];
        if (others.Length == 1)
        {
            ranked.Add(With(others[0], others[0].AllocatedBytes, whole));
        }
        else if (others.Length > 1)
        {
            ranked.Add(Together(others, whole));
        }
    }

    private static MemoryCauseOperation Together(MemoryCauseOperation[] operations, long whole)
    {
        // A sum does not know the contexts of its operations.
        var isSame = operations.All(o => o.OperationId != 0 && o.Context.Text == operations[0].Context.Text);
        var allocated = operations.SumBytes(o => o.AllocatedBytes);
        return new()
        {
            Name = operations[0].Name,
            Context = isSame ? operations[0].Context : default,
            Count = operations.SumBytes(o => o.Count),
            AllocatedBytes = allocated,
            ChargedBytes = operations.SumBytes(o => o.ChargedBytes),
            Share = Share(allocated, whole),
            IsRunning = operations.Any(o => o.IsRunning),
        };
    }

    private static MemoryCauseOperation With(MemoryCauseOperation operation, long allocated, long whole) => new()
    {
        Name = operation.Name,
        Context = operation.Context,
        OperationId = operation.OperationId,
        Count = operation.Count,
        AllocatedBytes = allocated,
        ChargedBytes = operation.ChargedBytes,
        Share = Share(allocated, whole),
        IsRunning = operation.IsRunning,
        IsOlder = operation.IsOlder,
    };

    private static double Share(long allocated, long whole) => whole == 0 ? 0 : (double)allocated / whole;

    /// <summary>What was allocated and charged together.</summary>
    public static long Sum(MemoryCauseOperation operation) =>
        operation.AllocatedBytes + Math.Min(operation.ChargedBytes, long.MaxValue - operation.AllocatedBytes);
}
