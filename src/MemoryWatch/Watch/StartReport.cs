using System.Runtime;
using MemoryWatch.Tell;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>The line at the start: what there is to spend, who claims how much of it, and how often the watch looks.</summary>
internal static class StartReport
{
    public static void Write(ILogger logger, in MemorySnapshot first, WatchSettings settings)
    {
        WatchLog.Started(
            logger,
            MemoryText.Limit(first.Usage.LimitBytes),
            Source(first),
            Budget(first),
            Flavour(),
            MemoryText.Interval(settings.Interval),
            MemoryText.Interval(settings.PeriodicInterval),
            MemoryText.Interval(settings.GcReportInterval),
            MemoryText.Interval(settings.PeriodicCollection));

        Advise(logger, first);
        if (first.Usage.Source == LimitSource.Setting && first.Container.LimitBytes < first.Usage.LimitBytes)
        {
            WatchLog.LimitAboveContainer(
                logger, MemoryText.Limit(first.Usage.LimitBytes), MemoryText.Limit(first.Container.LimitBytes));
        }
    }

    private static void Advise(ILogger logger, in MemorySnapshot first)
    {
        var advice = GcAdvice.For(first.Usage, HeapLimit(first), GCSettings.IsServerGC, Environment.ProcessorCount);
        if (advice.Length > 0)
        {
            WatchLog.Advice(logger, advice);
        }
    }

    private static long HeapLimit(in MemorySnapshot first) =>
        first.Managed.HeapLimitBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static string Source(in MemorySnapshot first) => first.Usage.Source switch
    {
        LimitSource.Setting => "from the Limit setting",
        LimitSource.Container => $"of the container, cgroup v{first.Container.Version}",
        LimitSource.Machine => "the machine's physical memory",
        _ => "none known",
    };

    private static string Budget(in MemorySnapshot first)
    {
        var heap = HeapLimit(first);
        return first.Usage.LimitBytes is not { } limit ? MemoryText.Limit(heap)
            : heap > limit ? $"{MemoryText.Limit(heap)}, above the limit"
            : $"{MemoryText.Limit(heap)}, leaving {MemoryText.Limit(limit - heap)} for everything else";
    }

    private static string Flavour() =>
        $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}";
}
