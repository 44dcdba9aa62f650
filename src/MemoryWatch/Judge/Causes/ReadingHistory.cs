namespace MemoryWatch.Judge;

/// <summary>
/// Past readings, in constant memory. Time is divided into pieces, and each piece keeps the reading with the lowest memory (the last of them),
/// because growth is measured from there. Used by the watch thread only.
/// </summary>
internal sealed class ReadingHistory(TimeProvider time)
{
    /// <summary>Number of readings kept, about one window.</summary>
    public const int Length = 32;

    private readonly (long Timestamp, MemoryParts Parts)[] _kept = new (long, MemoryParts)[Length];
    private long _pieceBegan;
    private long _last;

    /// <summary>Number of the last reading kept, counted from 1; 0 if there is none. All reading numbers refer to this count.</summary>
    public long Last => _last;

    private long First => Math.Max(1, _last - Length + 1);

    /// <summary>Keeps a reading: as a new one, or in place of the last if that is of the same piece and not lower.</summary>
    /// <returns>Whether the reading was kept, as number <see cref="Last"/>.</returns>
    public bool Keep(in MemoryParts parts, TimeSpan window)
    {
        var now = time.GetTimestamp();
        if (_last == 0 || time.GetElapsedTime(_pieceBegan, now) >= window / Length)
        {
            (_pieceBegan, _last) = (now, _last + 1);
        }
        else if (parts.TotalBytes > At(_last).Parts.TotalBytes)
        {
            return false;
        }

        _kept[_last % Length] = (now, parts);
        return true;
    }

    public (long Timestamp, MemoryParts Parts) At(long number) => _kept[number % Length];

    /// <summary>Number of the reading from which memory grew to this height within the window; 0 if there is none.</summary>
    /// <param name="window">How far back to look.</param>
    /// <param name="topBytes">The height.</param>
    /// <param name="usedOf">
    /// The source of the limit whose used memory grew; <see langword="null"/> if it is the resident memory of this process.
    /// </param>
    public long BeginOfGrowth(TimeSpan window, long topBytes, LimitSource? usedOf = null)
    {
        var now = time.GetTimestamp();
        Span<long> levels = stackalloc long[Length];
        var count = 0;
        for (var number = _last; number >= First && IsWithin(number) && Level(number) is { } level; number--)
        {
            levels[count++] = level;
        }

        var place = Growth.FindBegin(levels[..count], topBytes);
        return place < 0 ? 0 : _last - place;

        // The last reading counts regardless of age, because ticks may be further apart than the window is long.
        bool IsWithin(long number) => number == _last || time.GetElapsedTime(At(number).Timestamp, now) <= window;

        long? Level(long number) => usedOf is null ? At(number).Parts.ResidentBytes
            : At(number).Parts.Source == usedOf ? At(number).Parts.UsedBytes
            : null;
    }

    /// <summary>Number of the last reading at or before the timestamp, or of the oldest reading; 0 if there is none.</summary>
    public long AtOrBefore(long timestamp)
    {
        var number = _last;
        while (number > First && At(number).Timestamp > timestamp)
        {
            number--;
        }

        return number;
    }
}
