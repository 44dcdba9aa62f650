namespace MemoryWatch.Tell;

/// <summary>
/// All that the history keeps, in a fixed amount of memory: readings at four resolutions, events, operations, and counts. It is created when the
/// watch runs. One thread writes at a time; any thread copies through the <see cref="Gate"/>.
/// </summary>
/// <param name="metrics">Number of metrics in a snapshot; the first 16 are kept.</param>
internal sealed class HistoryBook(int metrics)
{
    /// <summary>The coarsest resolution, that of the black box.</summary>
    public const int Coarse = 3;

    /// <summary>The maximum window.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private static readonly TimeSpan CoarseLength = TimeSpan.FromMinutes(10);

    private readonly HistoryClock _clock = new();
    private readonly HistoryRing[] _rings =
    [
        new(TimeSpan.FromSeconds(1), 600, HistoryRow.Width(metrics)),
        new(TimeSpan.FromSeconds(10), 720, HistoryRow.Width(metrics)),
        new(TimeSpan.FromMinutes(2), 720, HistoryRow.Width(metrics)),
        new(CoarseLength, (int)(Longest / CoarseLength), HistoryRow.Width(metrics)),
    ];

    public HistoryGate Gate { get; } = new();

    public HistoryMarks Marks { get; } = new();

    public HistorySpans Spans { get; } = new();

    public HistoryCounts Counts { get; private set; } = new();

    /// <summary>Number of integers in a row.</summary>
    public int Width { get; } = HistoryRow.Width(metrics);

    /// <summary>Time of the last reading in ticks; 0 before the first.</summary>
    public long Last => _clock.Last;

    /// <param name="level">0 for the finest resolution, to <see cref="Coarse"/>.</param>
    public HistoryRing Ring(int level) => _rings[level];

    /// <summary>The finest resolution that covers a window.</summary>
    public int LevelOf(TimeSpan window)
    {
        var level = 0;
        while (level < Coarse && window > _rings[level].Length * _rings[level].Capacity)
        {
            level++;
        }

        return level;
    }

    /// <summary>Adds a reading.</summary>
    /// <param name="row">Its numbers.</param>
    /// <param name="now">Its time in ticks.</param>
    /// <param name="elapsed">Time since the previous reading, in ticks, by a clock that nobody sets.</param>
    /// <param name="interval">Time between two readings if all goes well, in ticks.</param>
    public void Add(ReadOnlySpan<int> row, long now, long elapsed, long interval)
    {
        var isFirst = _clock.Last == 0;
        var step = _clock.Move(now, elapsed, interval);
        if (step.WentBack)
        {
            MoveBack(step, now);
        }

        foreach (var ring in _rings)
        {
            // A run that ended long ago may have left points.
            var isAfterOthers = isFirst && ring.Count > 0 && now - ring.Start(ring.Last) > 2 * CoarseLength.Ticks;
            Add(ring, row, ring.Of(now), step.FollowsGap || isAfterOthers);
        }
    }

    /// <summary>
    /// Adds a point of the coarsest resolution, from before all readings: to the finer ones too as far as they reach, so that a window has points even
    /// if only these are known.
    /// </summary>
    /// <param name="row">The point.</param>
    /// <param name="start">Start of its stretch in ticks.</param>
    /// <param name="before">Time in ticks up to which the finer resolutions have nothing better.</param>
    /// <param name="now">Time of this start in ticks.</param>
    public void AddCoarse(ReadOnlySpan<int> row, long start, long before, long now)
    {
        for (var level = 1; level <= Coarse; level++)
        {
            var ring = _rings[level];
            if (level == Coarse || (start + CoarseLength.Ticks <= before && start >= now - ring.Length.Ticks * ring.Capacity))
            {
                var isAfterGap = ring.Count > 0 && start - ring.Start(ring.Last) > CoarseLength.Ticks;
                Add(ring, row, ring.Of(start), isAfterGap);
            }
        }
    }

    /// <summary>Continues another book, all of which is later; nobody may use that any more. Here are no counts yet, so its counts go on.</summary>
    public void Append(HistoryBook later)
    {
        for (var level = 0; level <= Coarse; level++)
        {
            var (from, to) = (later._rings[level], _rings[level]);
            for (var i = 0; i < from.Count; i++)
            {
                var row = from.Row(i);
                Add(to, row, row[0], from.FollowsGap(i));
            }
        }

        later.Marks.Since(0).Where(mark => mark.Kind != MemoryHistoryMarkKind.Start).ToList().ForEach(Marks.Add);
        later.Spans.Since(0).ForEach(span => Spans.Add(span, span.End?.UtcTicks ?? later.Last));
        Counts = later.Counts;
        _clock.Continue(later._clock);
    }

    private static void Add(HistoryRing ring, ReadOnlySpan<int> row, int stretch, bool followsGap)
    {
        if (ring.Count > 0 && stretch < ring.Last)
        {
            // A sample of a previous run, whose point is there already.
            return;
        }

        var to = ring.Open(stretch, followsGap, out var isNew);
        if (isNew)
        {
            row[1..].CopyTo(to[1..]);
        }
        else
        {
            HistoryRow.Merge(to, row);
        }
    }

    private void MoveBack(in HistoryStep step, long now)
    {
        foreach (var ring in _rings)
        {
            ring.MoveBack(step.From == long.MinValue ? int.MinValue : ring.Of(step.From), ring.Of(now));
        }

        Marks.MoveBack(step.From, step.By);
        Spans.MoveBack(step.From, step.By);
        Counts.MoveBack(step.From, now);
    }
}
