namespace MemoryWatch.Tests.Support;

/// <summary>The parts of a long test side by side, on their own threads: those of the pool belong to the tests beside it.</summary>
internal static class Workers
{
    /// <summary>Two for each processor, because a simulated watch mostly waits for its helper threads.</summary>
    public static readonly int Count = 2 * Environment.ProcessorCount;

    /// <summary>Runs each part; fails if one of them does.</summary>
    /// <param name="part">What a worker does, by its number.</param>
    public static void Run(Action<int> part) => Task.WaitAll(Enumerable.Range(0, Count)
        .Select(worker => Task.Factory.StartNew(() => part(worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
        .ToArray());
}
