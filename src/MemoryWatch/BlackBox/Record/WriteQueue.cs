using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Records that wait for a thread that writes them, while the disk is too slow for the threads that make them. Closed at first and
/// again later, when it costs a look at a flag; its memory and its thread are there from the first time on.
/// </summary>
internal sealed class WriteQueue(Action<byte[]> write, Func<bool> mayClose)
{
    /// <summary>How many records wait; what comes when it is full is lost.</summary>
    public const int Capacity = 1024;

    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private byte[] _records = [];
    private int _first;
    private int _count;
    private bool _isOpen;
    private bool _isStopped;
    private Thread? _thread;

    public enum Answer
    {
        Closed,
        Taken,
        Full,
    }

    public bool IsOpen => Volatile.Read(ref _isOpen);

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _count == 0;
            }
        }
    }

    public Answer Offer(ReadOnlySpan<byte> record)
    {
        if (!IsOpen)
        {
            return Answer.Closed;
        }

        lock (_lock)
        {
            if (!_isOpen)
            {
                return Answer.Closed;
            }

            if (_count == Capacity)
            {
                return Answer.Full;
            }

            record.CopyTo(At(_first + _count));
            _count++;
            Monitor.Pulse(_lock);
            return Answer.Taken;
        }
    }

    /// <returns>Whether it was closed.</returns>
    public bool Open()
    {
        lock (_lock)
        {
            if (_isOpen || _isStopped)
            {
                return false;
            }

            if (_thread is null)
            {
                _records = new byte[Capacity * BoxFormat.RecordSize];
                _thread = new Thread(Run) { IsBackground = true, Name = "MemoryWatch black box" };
                _thread.Start();
            }

            Volatile.Write(ref _isOpen, true);
            return true;
        }
    }

    /// <summary>Writes what waits, as far as that is quickly done.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            Monitor.Pulse(_lock);
        }

        _thread?.Join(LongestJoin);
    }

    private void Run()
    {
        var record = new byte[BoxFormat.RecordSize];
        while (TryTake(record))
        {
            write(record);
            lock (_lock)
            {
                // After its last record is written, so that none ever overtakes another.
                Volatile.Write(ref _isOpen, _count > 0 || !mayClose());
            }
        }
    }

    private bool TryTake(byte[] record)
    {
        lock (_lock)
        {
            while (_count == 0)
            {
                if (_isStopped)
                {
                    Volatile.Write(ref _isOpen, false);
                    return false;
                }

                Monitor.Wait(_lock);
            }

            At(_first).CopyTo(record);
            _first = (_first + 1) % Capacity;
            _count--;
            return true;
        }
    }

    private Span<byte> At(int index) => _records.AsSpan(index % Capacity * BoxFormat.RecordSize, BoxFormat.RecordSize);
}
