using MemoryWatch.Files;

namespace MemoryWatch.Track;

/// <summary>
/// The threads of the process that have run flows of operations. All watches share it. A thread is added once, with its first hop; threads that have
/// ended are removed when the places run out, so there are never more than twice as many places as threads. Thread-safe.
/// </summary>
internal sealed class FlowThreads
{
    private const int FirstSize = 32;

    private readonly object _lock = new();
    private FlowThread?[] _places = new FlowThread?[FirstSize];
    private int _count;

    /// <summary>Number of places in use; some of these threads may have ended.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// Adds the current thread. Never throws, because an exception in the notification that calls it would end the process. Without memory, the
    /// thread is not listed.
    /// </summary>
    /// <returns>The thread; <see langword="null"/> if there is no memory for it.</returns>
    public FlowThread? AddCurrent()
    {
        try
        {
            var thread = new FlowThread(Libc.GetThreadId(), Thread.CurrentThread, Libc.ReadThreadTime())
            {
                Added = Environment.TickCount64,
                FaultsBefore = Libc.CountThreadFaults(),
            };
            Add(thread);
            return thread;
        }
        catch (Exception)
        {
            // As in the summary; the next hop tries again.
            return null;
        }
    }

    public void Add(FlowThread thread)
    {
        lock (_lock)
        {
            if (_count == _places.Length)
            {
                MakeRoom();
            }

            _places[_count++] = thread;
        }
    }

    /// <summary>Adds all threads, and what they run, to the list.</summary>
    public void CopyTo(List<FlowStay> list)
    {
        lock (_lock)
        {
            for (var i = 0; i < _count; i++)
            {
                list.Add(_places[i]!.Read());
            }
        }
    }

    private void MakeRoom()
    {
        var alive = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_places[i]!.IsAlive)
            {
                _places[alive++] = _places[i];
            }
        }

        // Half of the places must be free, or the next sweep comes too soon.
        Array.Clear(_places, alive, _count - alive);
        _count = alive;
        if (alive > _places.Length / 2)
        {
            Array.Resize(ref _places, _places.Length * 2);
        }
    }
}
