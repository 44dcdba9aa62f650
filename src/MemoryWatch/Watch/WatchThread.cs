using MemoryWatch.Tell;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>The thread that ticks until it is stopped. Nothing that happens in a tick ends it.</summary>
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

    // Without the flow of whoever started the watch: what the watch allocates is not charged to an operation.
    public void Start() => _thread.UnsafeStart();

    /// <summary>Ends the thread, and waits for it for a short while: a plug-in may hold it up for a second.</summary>
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
            // Whatever it is, the process must not end for it, and the next tick may be better. Said once in a row.
            if (!_failing)
            {
                _failing = true;
                WatchLog.TickFailed(_logger, exception);
            }

            return RetryAfterFailure;
        }
    }
}
