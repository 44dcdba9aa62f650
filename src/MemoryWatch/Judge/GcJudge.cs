namespace MemoryWatch.Judge;

/// <summary>Judges whether the GC's configuration fits the container.</summary>
internal static class GcJudge
{
    private const double LeastForTheRest = 0.1;
    private const double MostForTheRest = 0.5;
    private const long SmallForServerGC = 1L << 30;

    /// <param name="usage">Used bytes, their limit and its source.</param>
    /// <param name="heapLimit">The GC's heap limit, in bytes.</param>
    /// <param name="isServerGC">Whether server GC is in use.</param>
    /// <param name="cores">Number of processor cores.</param>
    public static GcFit Judge(in MemoryUsage usage, long heapLimit, bool isServerGC, int cores)
    {
        // Only for a container's limit: the GC does not know the Limit setting, nor the memory of other processes.
        double? rest = usage is { Source: LimitSource.Container, LimitBytes: > 0 and { } limit } ? (double)(limit - heapLimit) / limit : null;
        return new(rest < LeastForTheRest, rest > MostForTheRest, isServerGC && (cores < 2 || usage.LimitBytes < SmallForServerGC))
        {
            HeapLimitBytes = heapLimit,
            Cores = cores,
        };
    }
}
