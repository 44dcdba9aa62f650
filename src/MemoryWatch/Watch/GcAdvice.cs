namespace MemoryWatch.Watch;

/// <summary>What to set where the GC's configuration does not fit the container.</summary>
internal static class GcAdvice
{
    private const double LeastForTheRest = 0.1;
    private const double MostForTheRest = 0.5;
    private const long SmallForServerGC = 1L << 30;

    /// <returns>What to set and why; empty where all is well.</returns>
    public static string For(in MemoryUsage usage, long heapLimit, bool isServerGC, int cores)
    {
        string[] advice = [OfLimit(usage, heapLimit), OfFlavour(usage, isServerGC, cores)];
        return string.Join("; ", Array.FindAll(advice, a => a.Length > 0));
    }

    /// <summary>Only for a container's limit: the GC knows nothing of the watch's own setting, nor of other processes.</summary>
    private static string OfLimit(in MemoryUsage usage, long heapLimit)
    {
        if (usage is not { Source: LimitSource.Container, LimitBytes: > 0 and { } limit })
        {
            return string.Empty;
        }

        var rest = (double)(limit - heapLimit) / limit;
        var numbers = $"the GC may use {MemoryText.Limit(heapLimit)} of {MemoryText.Limit(limit)}";
        return rest < LeastForTheRest
            ? $"{numbers}, which leaves too little for everything else: set DOTNET_GCHeapHardLimitPercent=4B (hexadecimal, 75 %)"
            : rest > MostForTheRest
                ? $"{numbers}, so it runs out of memory with half of it free: set DOTNET_GCHeapHardLimitPercent=4B (hexadecimal, 75 %)"
                : string.Empty;
    }

    private static string OfFlavour(in MemoryUsage usage, bool isServerGC, int cores) =>
        isServerGC && (cores < 2 || usage.LimitBytes < SmallForServerGC)
            ? $"server GC spends memory to win time on many cores, and here are {cores} and {MemoryText.Limit(usage.LimitBytes)}: set DOTNET_gcServer=0"
            : string.Empty;
}
