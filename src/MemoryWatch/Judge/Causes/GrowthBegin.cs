namespace MemoryWatch.Judge;

/// <summary>Where in a row of readings a growth began.</summary>
internal static class GrowthBegin
{
    // It begins where nearly all of it is still to come.
    private const double StillToCome = 0.95;

    /// <param name="residentBytes">Resident memory at each reading, the last one first.</param>
    /// <param name="topBytes">What it grew to.</param>
    /// <returns>The place of the reading; -1 where there is none.</returns>
    public static int Find(ReadOnlySpan<long> residentBytes, long topBytes)
    {
        var lowest = long.MaxValue;
        foreach (var bytes in residentBytes)
        {
            lowest = Math.Min(lowest, bytes);
        }

        for (var place = 0; place < residentBytes.Length; place++)
        {
            if (topBytes - residentBytes[place] >= (topBytes - lowest) * StillToCome)
            {
                return place;
            }
        }

        return -1;
    }
}
