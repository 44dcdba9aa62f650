using MemoryWatch.Read;

namespace MemoryWatch.Track;

/// <summary>The times of a thread at the readings of the history and at the last tick. Used by the watch thread only.</summary>
/// <param name="begin">The times from which the kernel is known to have counted; <see langword="null"/> if unknown.</param>
internal sealed class ThreadSeries(ThreadSeries.Point? begin)
{
    private readonly (long Number, Point Point)[] _at = new (long, Point)[ProcessorHistory.Length];
    // Within this time before an operation came to its thread, a thread cannot get memory that matters.
    private const long AtOnceMilliseconds = 2;

    private Point? _last;

    private long _hops = -1;

    /// <summary>When it was last noticed that the thread had hopped, in milliseconds.</summary>
    public long HoppedAt { get; private set; }

    /// <summary>What the thread had touched at the last reading that counted it; <see langword="null"/> if there is none.</summary>
    public long? LastTouched => _last?.Touched;

    /// <summary>Number of the tick at which the thread was last selected.</summary>
    public long SelectedAt { get; set; }

    /// <summary>Notices hops.</summary>
    /// <returns>Whether there were any since the last call.</returns>
    public bool HasHopped(long hops, long milliseconds)
    {
        if (hops == _hops)
        {
            return false;
        }

        (_hops, HoppedAt) = (hops, milliseconds);
        return true;
    }

    public void Set(long number, bool isKept, in Point point)
    {
        _last = point;
        if (isKept)
        {
            _at[number % ProcessorHistory.Length] = (number, point);
        }
    }

    /// <summary>Keeps the times of the last tick for a reading, because the thread has not hopped since.</summary>
    public void Repeat(long number, bool isKept)
    {
        if (isKept && _last is { } last)
        {
            _at[number % ProcessorHistory.Length] = (number, last);
        }
    }

    /// <summary>What the thread did from a moment until now.</summary>
    /// <param name="from">The moment, in milliseconds.</param>
    /// <param name="now">The times now.</param>
    public ThreadUse Since(long from, in Point now)
    {
        var length = ThreadUse.Nanoseconds(now.Milliseconds - from);
        Point? before = null, after = null;
        foreach (var (number, point) in _at)
        {
            if (number > 0)
            {
                Sort(point, from, ref before, ref after);
            }
        }

        if (begin is { } first)
        {
            // How long the thread had been ready by then is not known: as if all of that had been before.
            Sort(first with { Time = new(first.Time.Processor, now.Time.Ready) }, from, ref before, ref after);
        }

        if (_last is { } last)
        {
            Sort(last, from, ref before, ref after);
        }

        // After a reading within the time everything is known.
        var busy = after is { } known ? now.Time.Busy - known.Time.Busy : 0;
        var processor = after is { } same ? now.Time.Processor - same.Time.Processor : 0;
        var (most, mostProcessor) = (now.Time.Busy, now.Time.Processor);
        if (before is { } earlier)
        {
            var outside = ThreadUse.Nanoseconds(from - earlier.Milliseconds);
            most = now.Time.Busy - earlier.Time.Busy;
            busy = Math.Max(busy, most - outside);
            mostProcessor = now.Time.Processor - earlier.Time.Processor;
            processor = Math.Max(processor, mostProcessor - outside);
        }

        var mostTouched = now.Touched - (before?.Touched ?? 0);
        var isExact = from - before?.Milliseconds <= AtOnceMilliseconds && before?.Touched is not null;
        return new(length, Math.Clamp(busy, 0, length), Math.Clamp(most, 0, length), Math.Clamp(processor, 0, length), Math.Clamp(mostProcessor, 0, length))
        {
            TouchedAtLeast = isExact ? mostTouched : now.Touched - (after?.Touched ?? now.Touched),
            TouchedAtMost = mostTouched,
        };
    }

    private static void Sort(in Point point, long from, ref Point? before, ref Point? after)
    {
        if (point.Milliseconds <= from)
        {
            before = before is { } known && known.Milliseconds >= point.Milliseconds ? known : point;
        }
        else
        {
            after = after is { } known && known.Milliseconds <= point.Milliseconds ? known : point;
        }
    }

    /// <summary>The times of a thread at a moment, and the bytes of new memory that it had touched by then.</summary>
    internal readonly record struct Point(long Milliseconds, ThreadTime Time, long? Touched);
}

/// <summary>What a thread did within a time, in nanoseconds; what is not certain is a range.</summary>
/// <param name="Length">The time.</param>
/// <param name="BusyAtLeast">Minimum in which it had the processor or was ready for it.</param>
/// <param name="BusyAtMost">Maximum of the same.</param>
/// <param name="ProcessorAtLeast">Minimum in which it had the processor.</param>
/// <param name="ProcessorAtMost">Maximum of the same.</param>
internal readonly record struct ThreadUse(long Length, long BusyAtLeast, long BusyAtMost, long ProcessorAtLeast, long ProcessorAtMost)
{
    /// <summary>Bytes of new memory that it touched, at least; <see langword="null"/> if unknown.</summary>
    public long? TouchedAtLeast { get; init; }

    /// <summary>Maximum of the same.</summary>
    public long? TouchedAtMost { get; init; }

    public static long Nanoseconds(long milliseconds) => milliseconds * 1_000_000;
}
