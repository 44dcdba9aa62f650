namespace MemoryWatch.Benchmarks.Rows;

/// <summary>Measures the error of the charged bytes of concurrent operations whose flows move freely between threads.</summary>
internal static class FlowErrors
{
    private const int Flows = 64;
    private const int Pieces = 512;
    private const int PieceBytes = 8 * 1024;

    // Overhead of an array beyond its content, in bytes.
    private const int ArrayOverhead = 24;

    /// <returns>The largest error of a flow, as a part of what it allocated: flow n allocates n times 4 MB.</returns>
    public static double Largest()
    {
        using var watch = Watches.Started();
        Task.WhenAll(Enumerable.Range(1, Flows).Select(n => Task.Run(() => AllocateAsync(watch, n)))).GetAwaiter().GetResult();
        return watch.RecentEntries.Where(e => e.Kind == JournalEntryKind.Ended).Max(ErrorOf);
    }

    private static async Task AllocateAsync(MemoryWatcher watch, int amount)
    {
        using var scope = watch.Track("Flow", new OperationContext().With("amount", amount));
        for (var i = 0; i < amount * Pieces; i++)
        {
            GC.KeepAlive(new byte[PieceBytes - ArrayOverhead]);
            if (i % 16 == 0)
            {
                await Task.Yield();
            }
        }
    }

    private static double ErrorOf(JournalEntry ended)
    {
        var expected = (double)(int)ended.Context.Values.Single().Value! * Pieces * PieceBytes;
        return Math.Abs(ended.Allocation!.Value.AllocatedBytes - expected) / expected;
    }
}
