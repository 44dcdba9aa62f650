namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// Measures exactly what a call allocates on its thread. The tables' column covers the whole process: slow rows, which run few times, include
/// some bytes of the measurement itself, also in rows in C.
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
