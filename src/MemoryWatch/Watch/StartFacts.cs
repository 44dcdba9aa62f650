using System.Runtime;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;

namespace MemoryWatch.Watch;

/// <summary>What is known of the process at the start and stays as it is: how the GC is set, and what the log says of the settings.</summary>
internal static class StartFacts
{
    /// <summary>What the findings take from the start.</summary>
    public static FindingInputs Inputs(MemorySnapshot first) => new()
    {
        GcFit = Fit(first),
        IsConservingSet = GcSettingsReader.Read()[GcKnob.ConserveMemory] is not null,
        AreArenasLimited = ArenaSetting.IsLimited(Environment.GetEnvironmentVariable),
    };

    /// <summary>Whether the GC's settings fit the container. A limit that is not a positive number is one that the runtime could not make sense of.</summary>
    public static GcFit Fit(MemorySnapshot first) => GcJudge.Judge(
        GcSettingsReader.Read(),
        first,
        new(
            (first.Managed.HeapLimitBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) is var limit and > 0 ? limit : null,
            GCSettings.IsServerGC,
            Environment.ProcessorCount));

    /// <summary>The lines that a watch logs first.</summary>
    public static StartReport Report(WatchSettings settings, MemorySnapshot snapshot)
    {
        var thresholds = ThresholdCheck.Of(settings.Judging, snapshot);
        return new()
        {
            Elevated = thresholds.Used.Elevated,
            High = thresholds.Used.High,
            Critical = thresholds.Used.Critical,
            Imminent = thresholds.Used.Imminent,
            Above = thresholds.Above,
            Spike = settings.Judging.Spike,
            SpikeWindow = settings.Judging.SpikeWindow,
            Interval = settings.Interval,
            PeriodicInterval = settings.PeriodicInterval,
            GcReportInterval = settings.GcReportInterval,
            PeriodicCollectionInterval = settings.PeriodicCollectionInterval,
        };
    }
}
