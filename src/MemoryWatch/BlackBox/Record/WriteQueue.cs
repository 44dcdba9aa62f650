using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Holds records for a separate thread that writes them while the disk is too slow for the threads that create them. The queue is closed at
/// first and closes again later; a closed queue costs one check of a flag. Its memory and its thread are created the first time it opens.
/// </summary>
internal sealed class WriteQueue(Action<byte[]> write, Func<bool> mayClose)
{
    /// <summary>Maximum number of waiting records; records that come when the queue is full are lost.</summary>
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

    /// <returns>Whether this call opened the queue.</returns>
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

    /// <summary>Stops the queue, and waits at most 1 s until the waiting records are written.</summary>
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
                // The queue closes only after its last record is written, so that no record ever overtakes another.
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
