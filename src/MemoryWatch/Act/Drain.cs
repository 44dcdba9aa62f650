using System.Diagnostics.CodeAnalysis;

namespace MemoryWatch.Act;

/// <summary>
/// Tells the program to take no more work, and waits for what is in flight, for a limited time. It does not turn back if memory recovers: work is
/// already being turned away. Used by the watch thread, and at the stop.
/// </summary>
/// <param name="count">Counts the operations in flight whose names are not among those given.</param>
/// <param name="record">Records the restart; returns whether the next start will find it.</param>
/// <param name="onFault">Called if a callback of the program fails.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "The program may use the token at any time, and a source without a timer holds no resources.")]
internal sealed class Drain(
    Func<IReadOnlyList<string>, int> count, Func<DrainedRestart, bool> record, Action<Exception> onFault, TimeProvider time)
{
    /// <summary>
    /// Time for which nothing may be in flight before the wait is over: work that was accepted last may not have begun its operation yet.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _draining = new();
    private DrainedRestart? _restart;
    private long _began;
    private long? _emptySince;

    /// <summary>Cancelled when the wait begins.</summary>
    public CancellationToken Token => _draining.Token;

    public bool IsWaiting => _restart is { Waited: null };

    /// <summary>Begins, unless it cannot be recorded.</summary>
    /// <param name="restart">The restart, without a count.</param>
    public DrainedRestart? TryBegin(DrainedRestart restart)
    {
        var begun = Copy(restart, count(restart.Background), waited: null);
        if (!record(begun))
        {
            return null;
        }

        (_restart, _began) = (begun, time.GetTimestamp());

        // The callbacks run on the thread pool: they are the program's, and may hang.
        _draining.CancelAsync().ContinueWith(
            task => onFault(task.Exception!.GetBaseException()), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return begun;
    }

    /// <summary>Looks whether the wait is over.</summary>
    /// <param name="limit">Maximum time of the wait.</param>
    /// <returns>The restart with its end, once; otherwise <see langword="null"/>.</returns>
    public DrainedRestart? Advance(TimeSpan limit)
    {
        if (_restart is not { Waited: null } restart)
        {
            return null;
        }

        var (now, left) = (time.GetTimestamp(), count(restart.Background));
        var waited = time.GetElapsedTime(_began, now);
        _emptySince = left > 0 ? null : _emptySince ?? now;
        var isEmpty = _emptySince is { } since && time.GetElapsedTime(since, now) >= Quiet;
        if (!isEmpty && waited < limit)
        {
            return null;
        }

        _restart = Copy(restart, left, waited);
        record(_restart);
        return _restart;
    }

    /// <summary>Counts again what is in flight, for the next start: the program's stop may have ended some of it.</summary>
    public void CountAgain()
    {
        if (_restart is { } restart)
        {
            record(_restart = Copy(restart, count(restart.Background), restart.Waited));
        }
    }

    private static DrainedRestart Copy(DrainedRestart restart, int left, TimeSpan? waited) => new()
    {
        Began = restart.Began,
        Zone = restart.Zone,
        UsedBytes = restart.UsedBytes,
        LimitBytes = restart.LimitBytes,
        Background = restart.Background,
        ExitCode = restart.ExitCode,
        NumberOfDay = restart.NumberOfDay,
        LeftInFlight = left,
        Waited = waited,
    };
}
