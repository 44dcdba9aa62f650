using System.Diagnostics;

namespace MemoryWatch.Plugins;

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

    // Guards the state; pulsed at each change of it. The plug-ins themselves are called outside of it.
    private readonly object _lock = new();
    private readonly Action _onReturned;
    private State _state = State.Idle;
    private GuardedPlugin[] _plugins = [];
    private int _index;
    private long _callStarted;

    /// <param name="onReturned">Called by this thread if it was abandoned and its call has returned after all.</param>
    public PluginThread(Action onReturned)
    {
        _onReturned = onReturned;
        new Thread(Run) { IsBackground = true, Name = "MemoryWatch plug-ins" }.Start();
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
    public void Begin(GuardedPlugin[] plugins, int first)
    {
        lock (_lock)
        {
            (_plugins, _index, _state) = (plugins, first, State.Working);
            Volatile.Write(ref _callStarted, Stopwatch.GetTimestamp());
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits until all calls have returned, or one has taken longer than the limit.</summary>
    /// <returns>Whether all calls have returned. If not, the thread was abandoned and must not be used again.</returns>
    public bool Finish(TimeSpan limit)
    {
        while (true)
        {
            // Real time, not the watch's: this is about a real thread that is stuck.
            var left = limit - Stopwatch.GetElapsedTime(Volatile.Read(ref _callStarted));
            if (left <= TimeSpan.Zero)
            {
                return !TryAbandon();
            }

            if (HasFinished(left))
            {
                return true;
            }
        }
    }

    /// <summary>Waits a while for all calls to return; they go on if they have not.</summary>
    public bool HasFinished(TimeSpan wait)
    {
        lock (_lock)
        {
            if (_state == State.Working && wait > TimeSpan.Zero)
            {
                Monitor.Wait(_lock, wait);
            }

            return _state == State.Idle;
        }
    }

    /// <summary>Gives the thread up with the call that it is in.</summary>
    /// <returns>Whether it was given up; false where all calls have returned just now.</returns>
    public bool TryAbandon()
    {
        lock (_lock)
        {
            if (_state == State.Idle)
            {
                return false;
            }

            _state = State.Abandoned;
            return true;
        }
    }

    /// <summary>Ends the thread as soon as it is idle.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _state = State.Stopped;
            Monitor.PulseAll(_lock);
        }
    }

    private void Run()
    {
        while (WaitForWork())
        {
            CallAll();
            if (!FinishWork())
            {
                return;
            }
        }
    }

    private void CallAll()
    {
        do
        {
            if (_plugins[_index].IsDue)
            {
                Volatile.Write(ref _callStarted, Stopwatch.GetTimestamp());
                _plugins[_index].Call();
            }
        }
        while (Advance());
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

            _index++;
            return true;
        }
    }

    private bool WaitForWork()
    {
        lock (_lock)
        {
            while (_state == State.Idle)
            {
                Monitor.Wait(_lock);
            }

            return _state == State.Working;
        }
    }

    /// <returns>Whether the thread goes on.</returns>
    private bool FinishWork()
    {
        lock (_lock)
        {
            if (_state == State.Working)
            {
                _state = State.Idle;
                Monitor.PulseAll(_lock);
                return true;
            }

            if (_state == State.Stopped)
            {
                return false;
            }
        }

        _onReturned();
        return false;
    }
}
