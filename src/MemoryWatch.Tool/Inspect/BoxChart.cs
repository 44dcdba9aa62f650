using MemoryWatch.Tool.Drawing;

namespace MemoryWatch.Tool.Inspect;

/// <summary>The last minutes of a black box: the memory whose limit was nearer.</summary>
internal static class BoxChart
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <returns>Null if there is no reading.</returns>
    public static ChartSeries? Of(InspectedBox box)
    {
        if (box.Run.LastSnapshot is not { } last || box.Recording.History.Readings is not { Count: > 0 } readings)
        {
            return null;
        }

        var isHeap = last.Governing.Source == LimitSource.GCHeap;
        var isUsed = !isHeap && readings.Any(reading => reading.Row[HistoryRow.UsedMax] >= 0);
        var column = isHeap ? HistoryRow.HeapMax : isUsed ? HistoryRow.UsedMax : HistoryRow.ResidentMax;
        var end = readings[^1].Clock;

        // By the run's own clock, because the time of day may have been set meanwhile.
        var points = readings.Where(reading => end - reading.Clock <= Window).OrderBy(reading => reading.Clock)
            .Select(reading => new ChartPoint(Before(readings[^1].Time, end - reading.Clock), HistoryRow.Bytes(reading.Row[column]), reading.Zone));
        return new(
            isHeap ? "GC heap" : isUsed ? Used(last.Usage.Source) : "Resident memory", [.. points], isHeap ? last.HeapUsage.LimitBytes : last.Usage.LimitBytes, box.Run.TimeZone);
    }

    /// <summary>A damaged file may have any time.</summary>
    private static DateTimeOffset Before(DateTimeOffset time, TimeSpan age) =>
        new(Math.Clamp(time.UtcTicks - age.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    private static string Used(LimitSource source) => source switch
    {
        LimitSource.Container or LimitSource.Throttling => "Used memory of the container",
        LimitSource.Machine => "Used memory of the whole machine",
        _ => "Used memory",
    };
}
