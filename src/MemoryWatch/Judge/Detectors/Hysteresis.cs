namespace MemoryWatch.Judge;

/// <summary>How far below its edge a value must fall before it counts as having left: 3 % of the limit.</summary>
internal static class Hysteresis
{
    private const double PartOfLimit = 0.03;

    /// <summary>The margin for a limit, or for the edge itself where no limit is known.</summary>
    public static long Margin(long? limitBytes, long edgeBytes) => (long)((limitBytes ?? edgeBytes) * PartOfLimit);
}
