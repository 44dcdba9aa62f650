using System.Runtime;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The start event: how much memory there is, how it is divided, the thresholds in force, and the intervals.</summary>
internal sealed class StartReport
{
    private const string Title = "Memory watch started";

    public required MemoryThreshold Elevated { get; init; }

    public required MemoryThreshold High { get; init; }

    public required MemoryThreshold Critical { get; init; }

    public required MemoryThreshold Imminent { get; init; }

    /// <summary>Thresholds that were set above the limit.</summary>
    public required IReadOnlyList<ThresholdAboveLimit> Above { get; init; }

    public required MemoryThreshold Spike { get; init; }

    public required TimeSpan SpikeWindow { get; init; }

    /// <summary>How often memory is read.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How often a snapshot is logged.</summary>
    public required TimeSpan PeriodicInterval { get; init; }

    /// <summary>How often a GC report is logged.</summary>
    public required TimeSpan GcReportInterval { get; init; }

    /// <summary>How often a GC is forced.</summary>
    public required TimeSpan PeriodicCollectionInterval { get; init; }

    public void Write(ILogger logger, MemorySnapshot first, GcFit fit)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            State(first, fit).Write(logger, LogLevel.Information, LogEvents.Started, nameof(LogEvents.Started));
        }

        Warn(logger, Above);
        if (GcAdvice.For(fit) is { Length: > 0 } advice)
        {
            WatchLog.Advice(logger, advice);
        }

        if (first.Usage.Source == LimitSource.Setting && first.Container.LimitBytes < first.Usage.LimitBytes)
        {
            WatchLog.LimitAboveContainer(
                logger, MemoryText.Limit(first.Usage.LimitBytes), MemoryText.Limit(first.Container.LimitBytes));
        }
    }

    /// <summary>Warns of thresholds that can never be reached: at the start, and when settings have changed.</summary>
    public static void Warn(ILogger logger, IReadOnlyList<ThresholdAboveLimit> thresholds)
    {
        foreach (var threshold in thresholds)
        {
            WatchLog.ThresholdAboveLimit(logger, ThresholdText.Of(threshold));
        }
    }

    private static string Source(MemorySnapshot first) => first.Usage.Source switch
    {
        LimitSource.Setting => "from the Limit setting",
        LimitSource.Container => $"of the container, cgroup v{first.Container.Version}",
        LimitSource.Throttling => "memory.high of the container, throttled above it and not killed",
        LimitSource.Machine => "the machine's physical memory: percentages are of what all its programs use",
        _ => "none known: percentages have no effect",
    };

    private static string Budget(MemorySnapshot first, GcFit fit)
    {
        var setting = fit.HeapLimitSetting is { } set ? $" ({GcAdvice.Typed(set)})" : string.Empty;
        var limit = MemoryText.Limit(fit.HeapLimitBytes) + setting;
        return first.Usage.LimitBytes - fit.HeapLimitBytes is not { } rest ? limit
            : rest < 0 ? $"{limit}, above the limit"
            : $"{limit}, leaving {MemoryText.Limit(rest)} for everything else";
    }

    private static string Flavour() =>
        $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}";

    private LogState State(MemorySnapshot first, GcFit fit)
    {
        var (limit, flavour) = (first.Usage.LimitBytes, Flavour());

        // Amounts are compared with this process alone if only the machine limits it.
        var ofProcess = first.Usage.Source is LimitSource.Machine or LimitSource.None ? " of this process" : string.Empty;
        string[] parts =
        [
            Title,
            $"Limit: {MemoryText.Limit(limit)} ({Source(first)})",
            $"Elevated: {Edge(Elevated, limit, ofProcess)}, high: {Edge(High, limit, ofProcess)}, critical: {Edge(Critical, limit, ofProcess)}, imminent: {Edge(Imminent, limit, ofProcess)}",
            $"Spike: {Edge(Spike, limit)} in {MemoryText.Interval(SpikeWindow)}",
            $"GC limit: {Budget(first, fit)}",
            $"GC: {flavour}",
            $"Every {MemoryText.Interval(Interval)}, periodic check: {MemoryText.Interval(PeriodicInterval)}, GC report: {MemoryText.Interval(GcReportInterval)}, periodic GC: {MemoryText.Interval(PeriodicCollectionInterval)}",
        ];
        return LogState.WithDetails(Title, string.Join(" | ", parts))
            .Add("limit_bytes", limit)
            .Add("limit_source", first.Usage.Source.ToString())
            .Add("elevated_bytes", Elevated.Resolve(limit))
            .Add("high_bytes", High.Resolve(limit))
            .Add("critical_bytes", Critical.Resolve(limit))
            .Add("imminent_bytes", Imminent.Resolve(limit))
            .Add("spike_bytes", Spike.Resolve(limit))
            .Add("spike_window_seconds", SpikeWindow.TotalSeconds)
            .Add("gc_limit_bytes", fit.HeapLimitBytes)
            .Add("gc_limit_setting", fit.HeapLimitSetting is { } setting ? GcAdvice.Typed(setting) : null)
            .Add("gc_flavour", flavour)
            .Add("interval_seconds", Interval.TotalSeconds)
            .Add("periodic_interval_seconds", PeriodicInterval.TotalSeconds)
            .Add("gc_report_interval_seconds", GcReportInterval.TotalSeconds)
            .Add("periodic_collection_interval_seconds", PeriodicCollectionInterval.TotalSeconds);
    }

    /// <summary>In bytes if the limit is known; else as it was set.</summary>
    private static string Edge(in MemoryThreshold threshold, long? limit, string ofProcess = "") =>
        (threshold.Resolve(limit) is { } bytes ? MemoryText.Limit(bytes) : threshold.ToString()) + (threshold.IsRelative ? string.Empty : ofProcess);
}
