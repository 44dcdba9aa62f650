using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>Advises what to set if the GC's configuration does not fit the container.</summary>
internal static class GcAdvice
{
    /// <returns>The setting to change and the reason; empty if the configuration fits.</returns>
    public static string For(GcFit fit, in MemoryUsage usage)
    {
        var advice = new List<string>(2);
        var numbers = $"the GC may use {MemoryText.Limit(fit.HeapLimitBytes)} of {MemoryText.Limit(usage.LimitBytes)}";
        if (fit.IsHeapLimitHigh)
        {
            advice.Add($"{numbers}, which leaves too little for everything else: set DOTNET_GCHeapHardLimitPercent=4B (hexadecimal, 75 %)");
        }

        if (fit.IsHeapLimitLow)
        {
            advice.Add($"{numbers}, so it runs out of memory with half of it free: set DOTNET_GCHeapHardLimitPercent=4B (hexadecimal, 75 %)");
        }

        if (fit.IsServerGCWasteful)
        {
            advice.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"server GC spends memory to win time on many cores, and here are {fit.Cores} and {MemoryText.Limit(usage.LimitBytes)}: set DOTNET_gcServer=0"));
        }

        return string.Join("; ", advice);
    }
}
