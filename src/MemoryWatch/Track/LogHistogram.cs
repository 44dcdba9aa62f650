using System.Numerics;

namespace MemoryWatch.Track;

/// <summary>
/// Counts amounts by size in fixed memory, with eight classes for each doubling, so a percentile is accurate to within 7 %. For one caller at a
/// time.
/// </summary>
internal sealed class LogHistogram
{
    private const int ClassBits = 3;
    private const int Classes = 1 << ClassBits;

    // Up to 2^48: 256 TB, or 325 days in ticks of 100 ns. Larger amounts count as the maximum.
    private const int LongestValue = 48;

    private readonly long[] _counts = new long[(LongestValue - ClassBits + 1) * Classes];
    private long _count;

    public void Add(long value)
    {
        _counts[Index(Math.Clamp(value, 0, (1L << LongestValue) - 1))]++;
        _count++;
    }

    /// <summary>The amount that this part (0 to 1) of all amounts does not exceed; 0 if there are none.</summary>
    public long Percentile(double part)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(_count * part));
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Middle(i);
            }
        }

        return 0;
    }

    // Below 8 each value has a separate class; above, the three bits after the leading one select the class.
    private static int Index(long value)
    {
        var doubling = Math.Max(0, BitOperations.Log2((ulong)value) - ClassBits);
        return (doubling * Classes) + (int)(value >> doubling);
    }

    private static long Middle(int index)
    {
        var doubling = Math.Max(0, (index / Classes) - 1);
        var lowest = (long)(index - (doubling * Classes)) << doubling;
        return lowest + ((1L << doubling) / 2);
    }
}
