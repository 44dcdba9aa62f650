using System.Globalization;
using System.Text;

namespace MemoryWatch.Tell;

/// <summary>The text form of a snapshot. People search logs for it: it changes only with a new major version.</summary>
internal static class SnapshotText
{
    private const int MetricsPerLine = 3;

    // Of the container's limit: below it, what is not this process's is not worth a line.
    private const double RestThatMatters = 0.05;

    public static string Format(in MemorySnapshot snapshot)
    {
        var usage = snapshot.Usage;
        var lines = new List<string>(8)
        {
            $"RAM Usage: {MemoryText.Megabytes(snapshot.Process.ResidentBytes)} (Virtual: {MemoryText.Megabytes(snapshot.Process.VirtualBytes)})",
            usage.Fraction is null
                ? $"System: {MemoryText.NotAvailable}"
                : $"System: {MemoryText.Percent(usage.Fraction)} used ({MemoryText.Megabytes(usage.AvailableBytes)} available)",
        };
        if (snapshot.RestOfContainerBytes is { } rest && rest > snapshot.Container.LimitBytes * RestThatMatters)
        {
            lines.Add($"Rest of container: {MemoryText.Megabytes(rest)}");
        }

        AddMetrics(lines, snapshot.Metrics);
        if (snapshot.Context.Text.Length > 0)
        {
            lines.Add($"Context: {snapshot.Context.Text}");
        }

        return Draw($"📊 MEMORY SNAPSHOT | Operation: {snapshot.Operation}", lines);
    }

    private static void AddMetrics(List<string> lines, in MetricValues metrics)
    {
        var line = new StringBuilder();
        for (var i = 0; i < metrics.Count; i++)
        {
            line.Append(line.Length > 0 ? " | " : string.Empty).Append(Describe(metrics[i]));
            if ((i + 1) % MetricsPerLine == 0 || i == metrics.Count - 1)
            {
                lines.Add(line.ToString());
                line.Clear();
            }
        }
    }

    private static string Describe(MetricValue metric) => metric switch
    {
        { Value: null } => $"{metric.Definition.Name}: {MemoryText.NotAvailable}",
        { Definition.Unit: { } unit } => string.Create(CultureInfo.InvariantCulture, $"{metric.Definition.Name}: {metric.Value} {unit}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{metric.Definition.Name}: {metric.Value}"),
    };

    private static string Draw(string title, List<string> lines)
    {
        var text = new StringBuilder(title);
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append('\n').Append(i == lines.Count - 1 ? "└─ " : "├─ ").Append(lines[i]);
        }

        return text.ToString();
    }
}
