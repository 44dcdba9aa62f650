namespace MemoryWatch.Tool.Live;

/// <summary>Reads at an interval until the process ends, the time is over, or the user stops it.</summary>
internal static class LiveLoop
{
    /// <param name="tick">Reads; returns <see langword="null"/> if the process has ended.</param>
    /// <param name="show">Shows a reading.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">Time between two readings.</param>
    /// <param name="duration">When to end; <see langword="null"/> for never.</param>
    /// <param name="cancellation">Canceled when the user stops it.</param>
    /// <returns>Whether the process has ended.</returns>
    public static async Task<bool> RunAsync(
        Func<LiveReading?> tick, Action<LiveReading> show, TimeProvider time, TimeSpan interval, TimeSpan? duration, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                if (tick() is not { } reading)
                {
                    return true;
                }

                show(reading);
                if (reading.At >= duration)
                {
                    return false;
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl+C is how a user ends a watch.
        }

        return false;
    }
}
