using System.Runtime;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The line at the start: what there is to spend, who claims how much of it, and how often the watch looks.</summary>
/// <param name="Interval">How often memory is read.</param>
/// <param name="Check">How often a snapshot is printed.</param>
/// <param name="Collections">How often it is printed what the GC did.</param>
/// <param name="Collection">How often a collection is forced.</param>
internal readonly record struct StartReport(TimeSpan Interval, TimeSpan Check, TimeSpan Collections, TimeSpan Collection)
{
    public void Write(ILogger logger, MemorySnapshot first, GcFit fit)
    {
        WatchLog.Started(
            logger,
            MemoryText.Limit(first.Usage.LimitBytes),
            Source(first),
            Budget(first, fit.HeapLimitBytes),
            Flavour(),
            MemoryText.Interval(Interval),
            MemoryText.Interval(Check),
            MemoryText.Interval(Collections),
            MemoryText.Interval(Collection));

        if (GcAdvice.For(fit, first.Usage) is { Length: > 0 } advice)
        {
            WatchLog.Advice(logger, advice);
        }

        if (first.Usage.Source == LimitSource.Setting && first.Container.LimitBytes < first.Usage.LimitBytes)
        {
            WatchLog.LimitAboveContainer(
                logger, MemoryText.Limit(first.Usage.LimitBytes), MemoryText.Limit(first.Container.LimitBytes));
        }
    }

    private static string Source(MemorySnapshot first) => first.Usage.Source switch
    {
        LimitSource.Setting => "from the Limit setting",
        LimitSource.Container => $"of the container, cgroup v{first.Container.Version}",
        LimitSource.Machine => "the machine's physical memory",
        _ => "none known",
    };

    private static string Budget(MemorySnapshot first, long heap) =>
        first.Usage.LimitBytes is not { } limit ? MemoryText.Limit(heap)
            : heap > limit ? $"{MemoryText.Limit(heap)}, above the limit"
            : $"{MemoryText.Limit(heap)}, leaving {MemoryText.Limit(limit - heap)} for everything else";

    private static string Flavour() =>
        $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}";
}
