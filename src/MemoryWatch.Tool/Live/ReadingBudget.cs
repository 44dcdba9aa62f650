namespace MemoryWatch.Tool.Live;

/// <summary>
/// Decides when to read what may take long, and holds up the process that is read: not more often than an interval, and for no more than 1 % of the
/// time.
/// </summary>
internal sealed class ReadingBudget(TimeProvider time, TimeSpan interval)
{
    private const int Share = 100;

    private long? _ended;
    private TimeSpan _rest;

    public bool IsDue => _ended is not { } ended || time.GetElapsedTime(ended) >= _rest;

    public T Run<T>(Func<T> read)
    {
        var started = time.GetTimestamp();
        var result = read();
        _ended = time.GetTimestamp();
        var needed = time.GetElapsedTime(started, _ended.Value) * Share;
        _rest = needed > interval ? needed : interval;
        return result;
    }
}
