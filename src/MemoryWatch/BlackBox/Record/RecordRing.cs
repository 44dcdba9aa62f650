using System.Numerics;
using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Chooses the place in a ring for the next record. Pinned places are skipped: the start of an operation stays until the operation has ended,
/// however often the ring wraps around. Used under the writer's lock.
/// </summary>
internal sealed class RecordRing(long offset, int count)
{
    private readonly ulong[] _pinned = new ulong[(count + 63) / 64];
    private int _next;
    private int _pins;

    /// <summary>Maximum number of pinned places: half of all, so that there is always space for new records.</summary>
    public int MostPins => count / 2;

    /// <returns>The place of the next record.</returns>
    public int Take()
    {
        var place = _next;
        while (IsPinned(place))
        {
            // Skip whole words at a time, because many places in a row may be pinned.
            var free = ~_pinned[place / 64] >> place % 64;
            place += free == 0 ? 64 - place % 64 : BitOperations.TrailingZeroCount(free);
            place = place < count ? place : 0;
        }

        _next = place + 1 < count ? place + 1 : 0;
        return place;
    }

    public long OffsetOf(int place) => offset + (long)place * BoxFormat.RecordSize;

    /// <returns>Whether the place was pinned; <see langword="false"/> if the maximum is reached.</returns>
    public bool TryPin(int place)
    {
        if (_pins >= MostPins)
        {
            return false;
        }

        _pinned[place / 64] |= 1UL << place % 64;
        _pins++;
        return true;
    }

    public void Unpin(int place)
    {
        _pinned[place / 64] &= ~(1UL << place % 64);
        _pins--;
    }

    private bool IsPinned(int place) => (_pinned[place / 64] >> place % 64 & 1) != 0;
}
