namespace MemoryWatch.Tool.Analyze;

/// <summary>A metric over all runs of a log.</summary>
internal static class MetricSummary
{
    public static IReadOnlyList<MetricReport> Of(IReadOnlyList<RunReport> runs)
    {
        var all = new List<MetricReport>();
        foreach (var metric in runs.SelectMany(run => run.Metrics))
        {
            var index = all.FindIndex(known => known.Name == metric.Name);
            if (index < 0)
                all.Add(metric);
            else
                all[index] = Joined(all[index], metric);
        }

        return all;
    }

    private static MetricReport Joined(MetricReport before, MetricReport later)
    {
        var highest = later.Highest > (before.Highest ?? long.MinValue) ? later : before;
        return new(
            before.Name, before.Readings + later.Readings, later.Last ?? before.Last, highest.Highest, highest.HighestAt, later.Maximum ?? before.Maximum,
            before.TimesOver + later.TimesOver);
    }
}
