using System.Numerics;
using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Which place of a ring the next record goes to. Pinned places are passed over: the start of an operation stays until the operation has
/// ended, however often the ring goes round. Used under the writer's lock.
/// </summary>
internal sealed class RecordRing(long offset, int count)
{
    private readonly ulong[] _pinned = new ulong[(count + 63) / 64];
    private int _next;
    private int _pins;

    /// <summary>Half of all, so that there is always room for what comes.</summary>
    public int MostPins => count / 2;

    /// <returns>The place of the next record.</returns>
    public int Take()
    {
        var place = _next;
        while (IsPinned(place))
        {
            // Whole words at a time: there may be many in a row.
            var free = ~_pinned[place / 64] >> place % 64;
            place += free == 0 ? 64 - place % 64 : BitOperations.TrailingZeroCount(free);
            place = place < count ? place : 0;
        }

        _next = place + 1 < count ? place + 1 : 0;
        return place;
    }

    public long OffsetOf(int place) => offset + (long)place * BoxFormat.RecordSize;

    /// <returns>Whether there was room for one more.</returns>
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
