using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace MemoryWatch.Guard;

/// <summary>
/// A helper thread that calls plug-ins one after another. If a plug-in hangs, the thread is abandoned with it and ends as soon as that call
/// returns.
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

    // Guards the state; pulsed when the state changes for a waiting thread. Plug-ins are called outside the lock.
    private readonly object _lock = new();
    private readonly Action _onReturned;
    private State _state = State.Idle;
    private GuardedPlugin[] _plugins = [];
    private int _index;
    private long _callStarted;
    private bool _stop;

    /// <param name="onReturned">This thread calls it if it was abandoned and the hung call has returned after all.</param>
    public PluginThread(Action onReturned)
    {
        _onReturned = onReturned;

        // UnsafeStart does not capture the caller's flow, so allocations of plug-ins are not attributed to an operation.
        new Thread(Run) { IsBackground = true, Name = "MemoryWatch plug-ins" }.UnsafeStart();
    }

    /// <summary>Index of the plug-in that is being called, was called last, or hung.</summary>
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

    /// <summary>Starts calling all due plug-ins, from <paramref name="first"/> on. Call it only while the thread is idle.</summary>
    /// <returns>Whether the calls were started; <see langword="false"/> if the thread has stopped.</returns>
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

    /// <summary>Waits until all calls have returned or one has taken longer than the limit.</summary>
    /// <returns>Whether all calls have returned. If not, the thread was abandoned and must not be used again.</returns>
    public bool Finish(TimeSpan limit)
    {
        lock (_lock)
        {
            while (_state == State.Working)
            {
                // Uses real time, not the watch's clock, because a real thread is stuck.
                var left = limit - Stopwatch.GetElapsedTime(_callStarted);
                if (left <= TimeSpan.Zero)
                {
                    _state = State.Abandoned;
                    return false;
                }

                // Waits at least 1 ms, because Monitor.Wait drops fractions of a millisecond.
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

    /// <summary>Abandons the thread with its current call.</summary>
    /// <returns>Whether the thread was abandoned; <see langword="false"/> if all calls have just returned.</returns>
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

    /// <summary>Ends the thread as soon as it is idle; it still finishes the calls under way.</summary>
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
    /// Begins the call at the index. It runs under the lock, so that when the thread is abandoned, the call is either known to be under way or is
    /// never made.
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

    /// <returns>Whether there is a next plug-in. An abandoned thread leaves the index at the call that hung.</returns>
    private bool Advance()
    {
        lock (_lock)
        {
            if (_state != State.Working || _index + 1 >= _plugins.Length)
            {
                return false;
            }

            // Both change under the lock, so that the time of one call never counts against the next.
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
