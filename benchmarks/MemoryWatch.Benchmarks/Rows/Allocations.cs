namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// What a call allocates on its own thread, exactly. The tables' column is of the whole process: in slow rows, which run
/// few times, it shows some bytes of the measuring itself, in those in C too.
/// </summary>
internal static class Allocations
{
    private const int Calls = 1000;
    private const int Rounds = 20;

    public static double PerCall(Action call)
    {
        var fewest = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (double)fewest / Calls;
    }
}
