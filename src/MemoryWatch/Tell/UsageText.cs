namespace MemoryWatch.Tell;

/// <summary>Used memory and its limit in alerts: with the words that say which limit it is and whether the number is a bound.</summary>
internal static class UsageText
{
    /// <summary>Such as <c>410.0 MB / 512 MB</c>, <c>at most 505.4 MB / 512 MB, file cache included</c> or <c>140.0 MB / 200 MB of the GC's heap limit</c>.</summary>
    /// <param name="usage">The usage.</param>
    /// <param name="thresholdBytes">The threshold that was reached, in bytes, for a usage without a limit.</param>
    public static string Used(in MemoryUsage usage, long? thresholdBytes = null)
    {
        var numbers = $"{MemoryText.Bound(usage.Precision)}{MemoryText.Megabytes(usage.UsedBytes)} / {MemoryText.Limit(usage.LimitBytes ?? thresholdBytes)}";
        return usage.Source switch
        {
            LimitSource.GCHeap => $"{numbers} of the GC's heap limit",
            LimitSource.Throttling => $"{numbers} of memory.high (throttled, not killed)",
            LimitSource.Process => $"{numbers} in this process",
            _ => usage.Precision switch
            {
                UsagePrecision.AtMost => $"{numbers}, file cache included",
                UsagePrecision.AtLeast => $"{numbers}, by this process alone",
                _ => numbers,
            },
        };
    }

    /// <summary>The name of a limit, as in <c>410.0 MB of 512 MB (container)</c>.</summary>
    public static string Source(LimitSource source) => source switch
    {
        LimitSource.Setting => "Limit setting",
        LimitSource.Container => "container",
        LimitSource.Machine => "machine",
        LimitSource.Throttling => "memory.high",
        LimitSource.GCHeap => "GC heap",
        LimitSource.Process => "process",
        _ => "limit",
    };
}
