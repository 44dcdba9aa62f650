using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace MemoryWatch.Guard;

/// <summary>
/// A helper thread that calls plug-ins one after another. When one of them hangs, the thread is abandoned with it and
/// ends as soon as that call returns.
/// </summary>
internal sealed class PluginThread
{
    private enum State
    {
        Idle,
        Working,
        Abandoned,
        Stopped,
    }

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    // Guards the state; pulsed at each change of it. The plug-ins themselves are called outside of it.
    private readonly object _lock = new();
    private readonly Action _onReturned;
    private State _state = State.Idle;
    private GuardedPlugin[] _plugins = [];
    private int _index;
    private long _callStarted;
    private bool _stop;

    /// <param name="onReturned">Called by this thread if it was abandoned and has come back after all.</param>
    public PluginThread(Action onReturned)
    {
        _onReturned = onReturned;

        // Without the flow of whoever happens to need it: what plug-ins allocate is not charged to an operation.
        new Thread(Run) { IsBackground = true, Name = "MemoryWatch plug-ins" }.UnsafeStart();
    }

    /// <summary>The plug-in that is being called, was called last, or hung.</summary>
    public int Index
    {
        get
        {
            lock (_lock)
            {
                return _index;
            }
        }
    }

    /// <summary>Starts calling all that are due, from <paramref name="first"/> on. Only while idle.</summary>
    /// <returns>Whether it was started: not once the thread has been stopped.</returns>
    public bool TryBegin(GuardedPlugin[] plugins, int first)
    {
        lock (_lock)
        {
            if (_state == State.Stopped)
            {
                return false;
            }

            (_plugins, _index, _state, _callStarted) = (plugins, first, State.Working, Stopwatch.GetTimestamp());
            Monitor.PulseAll(_lock);
            return true;
        }
    }

    /// <summary>Waits until all calls have returned, or one has taken longer than the limit.</summary>
    /// <returns>Whether all calls have returned. If not, the thread was abandoned and must not be used again.</returns>
    public bool Finish(TimeSpan limit)
    {
        lock (_lock)
        {
            while (_state == State.Working)
            {
                // Real time, not the watch's: this is about a real thread that is stuck.
                var left = limit - Stopwatch.GetElapsedTime(_callStarted);
                if (left <= TimeSpan.Zero)
                {
                    _state = State.Abandoned;
                    return false;
                }

                // At least the millisecond that a wait can tell from none.
                Monitor.Wait(_lock, left > ShortestWait ? left : ShortestWait);
            }

            return true;
        }
    }

    /// <summary>Whether all calls have returned.</summary>
    public bool HasFinished()
    {
        lock (_lock)
        {
            return _state != State.Working;
        }
    }

    /// <summary>Gives the thread up with the call that it is in.</summary>
    /// <returns>Whether it was given up; false where all calls have returned just now.</returns>
    public bool TryAbandon()
    {
        lock (_lock)
        {
            if (_state != State.Working)
            {
                return false;
            }

            _state = State.Abandoned;
            return true;
        }
    }

    /// <summary>Ends the thread as soon as it is idle; calls under way are still finished.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stop = true;
            Monitor.PulseAll(_lock);
        }
    }

    private void Run()
    {
        while (WaitForWork())
        {
            CallAll();
            FinishWork();
        }

        if (WasAbandoned())
        {
            _onReturned();
        }
    }

    private void CallAll()
    {
        do
        {
            if (TryEnter(out var plugin))
            {
                plugin.Call();
            }
        }
        while (Advance());
    }

    /// <summary>
    /// Begins the call that the index is at. Under the lock, so that it is either under way when the thread is abandoned,
    /// and known to be, or never made.
    /// </summary>
    private bool TryEnter([NotNullWhen(true)] out GuardedPlugin? plugin)
    {
        lock (_lock)
        {
            plugin = _state == State.Working && _plugins[_index].IsDue ? _plugins[_index] : null;
            plugin?.Enter();
            return plugin is not null;
        }
    }

    /// <returns>Whether there is a next one. An abandoned thread leaves the index at the call that hung.</returns>
    private bool Advance()
    {
        lock (_lock)
        {
            if (_state != State.Working || _index + 1 >= _plugins.Length)
            {
                return false;
            }

            // Together, so that the time of one call is never held against the next.
            (_index, _callStarted) = (_index + 1, Stopwatch.GetTimestamp());
            return true;
        }
    }

    private bool WaitForWork()
    {
        lock (_lock)
        {
            while (_state == State.Idle && !_stop)
            {
                Monitor.Wait(_lock);
            }

            if (_state == State.Idle)
            {
                _state = State.Stopped;
            }

            return _state == State.Working;
        }
    }

    private void FinishWork()
    {
        lock (_lock)
        {
            if (_state == State.Working)
            {
                _state = State.Idle;
                Monitor.PulseAll(_lock);
            }
        }
    }

    private bool WasAbandoned()
    {
        lock (_lock)
        {
            return _state == State.Abandoned;
        }
    }
}
