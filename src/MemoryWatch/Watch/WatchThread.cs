using MemoryWatch.Tell;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>The thread that runs ticks until it is stopped. No exception in a tick ends it.</summary>
internal sealed class WatchThread
{
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(2);

    private readonly Func<TimeSpan> _tick;
    private readonly IPacer _pacer;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _stop;
    private bool _failing;

    public WatchThread(Func<TimeSpan> tick, IPacer pacer, ILogger logger)
    {
        (_tick, _pacer, _logger) = (tick, pacer, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "MemoryWatch" };
    }

    // Without the execution context of the code that started the watch, so that the watch's allocations are not charged to an operation.
    public void Start() => _thread.UnsafeStart();

    /// <summary>Ends the thread, and waits for it for at most two seconds, because a plug-in may delay it by a second.</summary>
    public void Stop()
    {
        _stop = true;
        _pacer.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join(LongestJoin);
        }
    }

    private void Run()
    {
        while (!_stop)
        {
            _pacer.Wait(TickOnce());
        }
    }

    private TimeSpan TickOnce()
    {
        try
        {
            var next = _tick();
            _failing = false;
            return next;
        }
        catch (Exception exception)
        {
            // The process must not end because of a failed tick, and the next tick may succeed. Logged only for the first failure in a row.
            if (!_failing)
            {
                _failing = true;
                TellFailure(exception);
            }

            return RetryAfterFailure;
        }
    }

    private void TellFailure(Exception exception)
    {
        try
        {
            WatchLog.TickFailed(_logger, exception);
        }
        catch (Exception)
        {
            // A heap at its limit may have no room for the line, and an exception that leaves this thread would end the process.
        }
    }
}
