namespace MemoryWatch.Tell;

/// <summary>
/// The last rows of integers, one for each stretch of time in which there was something to note. The first integer of a row is its stretch. All rows
/// are in one array, which is filled from its front, so a row that was never written costs no resident memory. One thread writes.
/// </summary>
/// <param name="length">Length of a stretch.</param>
/// <param name="capacity">Number of rows.</param>
/// <param name="width">Number of integers in a row.</param>
internal sealed class HistoryRing(TimeSpan length, int capacity, int width)
{
    private const int BitsPerWord = 32;

    /// <summary>Stretches are counted from here, so that those of a second fit in 31 bits for 68 years to both sides.</summary>
    private static readonly long Origin = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    // Where objects are pinned, new memory is not touched, and the GC never moves it.
    private readonly int[] _cells = GC.AllocateArray<int>(capacity * width, pinned: true);

    // One bit for each row: nothing was read for a while before it.
    private readonly int[] _gaps = new int[(capacity + BitsPerWord - 1) / BitsPerWord];
    private int _first;

    public TimeSpan Length => length;

    public int Capacity => capacity;

    public int Count { get; private set; }

    /// <summary>Stretch of the newest row; only if there is one.</summary>
    public int Last => Row(Count - 1)[0];

    /// <summary>The stretch that a time is in.</summary>
    public int Of(long ticks) => (int)Math.Clamp(Math.DivRem(ticks - Origin, length.Ticks, out var rest) - (rest < 0 ? 1 : 0), -int.MaxValue, int.MaxValue - 1);

    /// <summary>Start of a stretch, in ticks.</summary>
    public long Start(int stretch) => Math.Clamp(Origin + stretch * length.Ticks, 0, DateTime.MaxValue.Ticks);

    /// <param name="index">0 for the oldest row, to <see cref="Count"/> - 1.</param>
    public Span<int> Row(int index) => _cells.AsSpan(Place(index) * width, width);

    /// <summary>Whether nothing was read for a while before a row.</summary>
    public bool FollowsGap(int index) => (_gaps[Place(index) / BitsPerWord] & 1 << Place(index) % BitsPerWord) != 0;

    /// <summary>Gets the row of a stretch, which is the newest one or a new one.</summary>
    /// <param name="stretch">The stretch; not before the newest one.</param>
    /// <param name="followsGap">Whether nothing was read for a while before.</param>
    /// <param name="isNew">Whether the row is new; it then holds what the row that it replaces held.</param>
    public Span<int> Open(int stretch, bool followsGap, out bool isNew)
    {
        isNew = Count == 0 || stretch > Last;
        if (isNew)
        {
            // A gap within a stretch, or between two neighbors, is none at this resolution.
            var gap = followsGap && Count > 0 && (long)stretch - Last > 1;
            if (Count < capacity)
            {
                Count++;
            }
            else
            {
                _first = (_first + 1) % capacity;
            }

            Row(Count - 1)[0] = stretch;
            SetGap(Place(Count - 1), gap);
        }

        return Row(Count - 1);
    }

    /// <summary>Index of the first row at or after a stretch; <see cref="Count"/> if there is none.</summary>
    public int IndexFrom(int stretch)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Row(middle)[0] < stretch)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>
    /// Moves the rows from a stretch on back in time, so that the newest is in a given stretch at the latest. If the rows before them leave too little
    /// room, these are moved too.
    /// </summary>
    public void MoveBack(int from, int newest)
    {
        var index = IndexFrom(from);
        if (index == Count)
        {
            return;
        }

        var by = (long)Last - newest;
        if (index > 0)
        {
            by = Math.Min(by, (long)Row(index)[0] - Row(index - 1)[0] - 1);
        }

        for (; by > 0 && index < Count; index++)
        {
            Row(index)[0] = (int)Math.Max(int.MinValue, Row(index)[0] - by);
        }

        if (from > int.MinValue && Last > newest)
        {
            MoveBack(int.MinValue, newest);
        }
    }

    private int Place(int index) => (_first + index) % capacity;

    private void SetGap(int place, bool gap)
    {
        ref var word = ref _gaps[place / BitsPerWord];
        word = gap ? word | 1 << place % BitsPerWord : word & ~(1 << place % BitsPerWord);
    }
}
