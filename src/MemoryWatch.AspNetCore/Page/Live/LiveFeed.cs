namespace MemoryWatch.AspNetCore.Page.Live;

/// <summary>
/// Sends what is new once a second to all viewers. There is one producer, whoever looks: each event is serialized once. Without viewers nothing
/// runs and nothing is kept.
/// </summary>
/// <param name="source">Makes the events.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveFeed(ILiveSource source, TimeProvider time) : IDisposable
{
    /// <summary>Maximum number of viewers at a time.</summary>
    public const int MostViewers = 100;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private Viewer[] _viewers = [];
    private ITimer? _timer;
    private bool _isStopped;
    private int _isTicking;

    public int Count => Volatile.Read(ref _viewers).Length;

    /// <summary>Whether the timer runs; for tests.</summary>
    internal bool IsRunning => _timer is not null;

    /// <returns>A viewer, which has the present state as its first event; <see langword="null"/> if there are too many.</returns>
    public Viewer? Join()
    {
        lock (_lock)
        {
            if (_isStopped || _viewers.Length >= MostViewers)
            {
                return null;
            }

            var viewer = new Viewer();
            viewer.TrySend(source.Now());
            _viewers = [.. _viewers, viewer];
            _timer ??= time.CreateTimer(static feed => ((LiveFeed)feed!).Tick(), this, Period, Period);
            return viewer;
        }
    }

    public void Leave(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers = [.. _viewers.Where(v => v != viewer)];
            if (_viewers.Length == 0)
            {
                StopTimer();
            }
        }

        viewer.Dispose();
    }

    /// <summary>Ends all streams, because an open one would delay the end of the web server.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isStopped = true;
            StopTimer();
            Array.ForEach(_viewers, viewer => viewer.Drop());
        }
    }

    private void StopTimer()
    {
        _timer?.Dispose();
        _timer = null;
        source.Forget();
    }

    private void Tick()
    {
        // If making an event takes longer than a second, the next one is left out.
        if (Interlocked.Exchange(ref _isTicking, 1) == 1)
        {
            return;
        }

        try
        {
            if (Volatile.Read(ref _viewers) is { Length: > 0 } viewers)
            {
                var data = source.Next();
                foreach (var viewer in viewers)
                {
                    if (!viewer.TrySend(data))
                    {
                        viewer.Drop();
                    }
                }
            }
        }
        catch (Exception)
        {
            // A timer's exception would end the process. The page shows that no news comes.
        }
        finally
        {
            Volatile.Write(ref _isTicking, 0);
        }
    }
}
