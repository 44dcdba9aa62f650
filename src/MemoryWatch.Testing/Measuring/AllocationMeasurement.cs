using System.Runtime.CompilerServices;

namespace MemoryWatch.Testing;

/// <summary>Measures what a function allocates per call: the median of several batches, after one that nobody counts.</summary>
/// <remarks>
/// The first batch compiles the code, loads its types and fills its caches. The median of the others ignores what happens once in a while, such as
/// a list that grows.
/// </remarks>
internal static class AllocationMeasurement
{
    public const int Batches = 5;

    // As long as this many turns, a batch waits for other threads to leave its flow.
    private const int MaxTurns = 200;

    public static double PerCall(Action<int> batch, int calls)
    {
        var meter = FlowMeter.Start();
        try
        {
            var measured = new double[Batches];
            batch(calls);
            for (var i = 0; i < Batches; i++)
            {
                Settle(meter);
                var before = meter.AllocatedBytes;
                batch(calls);
                Settle(meter);
                measured[i] = (double)(meter.AllocatedBytes - before) / calls;
            }

            return Median.Of(measured);
        }
        finally
        {
            meter.Stop();
        }
    }

    /// <remarks>
    /// It runs on the thread pool, as the functions of servers do: a test framework's synchronization context would allocate for each continuation.
    /// </remarks>
    public static Task<double> PerCallAsync(Func<Task> function, int calls) => Task.Run(async () =>
    {
        var meter = FlowMeter.Start();
        var measured = new double[Batches];

        // The state of this method moves to the heap when it first waits; here that is not counted.
        await Task.Yield();
        for (var i = -1; i < Batches; i++)
        {
            await SettleAsync(meter).ConfigureAwait(false);
            var before = meter.AllocatedBytes;
            for (var call = 0; call < calls; call++)
            {
                await function().ConfigureAwait(false);
            }

            await SettleAsync(meter).ConfigureAwait(false);
            if (i >= 0)
            {
                measured[i] = (double)(meter.AllocatedBytes - before) / calls;
            }
        }

        return Median.Of(measured);
    });

    // Not optimized, so that the calls are neither inlined nor left out together with what they allocate.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void Repeat(Action function, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            function();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static void Repeat<T>(Func<T> function, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            _ = function();
        }
    }

    private static void Settle(FlowMeter meter)
    {
        var spin = new SpinWait();
        for (var turn = 0; meter.HasOtherThreads && turn < MaxTurns; turn++)
        {
            spin.SpinOnce();
        }
    }

    private static async ValueTask SettleAsync(FlowMeter meter)
    {
        for (var turn = 0; meter.HasOtherThreads && turn < MaxTurns; turn++)
        {
            await Task.Yield();
        }
    }
}
