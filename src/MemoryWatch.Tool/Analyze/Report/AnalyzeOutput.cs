using System.Globalization;
using Spectre.Console;

namespace MemoryWatch.Tool.Analyze;

/// <summary>The report for people: the verdict first, then what was found, then the numbers.</summary>
internal sealed class AnalyzeOutput(Shell shell, LogReport report)
{
    private const int MostSpikes = 10;
    private const int MostEnds = 10;
    private const int MostRuns = 20;
    private const int MostOperations = 20;

    private static readonly Style Title = new(decoration: Decoration.Bold);

    public void Write()
    {
        Head(AnalyzeText.Verdict(report));
        Section("Findings", [.. report.Findings.Select(AnalyzeText.Finding), .. report.Runs.Select(run => AnalyzeText.GrowthSentence(run.Growth)).OfType<string>()]);
        Section("Runs without a clean end", [.. report.UncleanEnds.TakeLast(MostEnds).SelectMany(AnalyzeText.UncleanEnd)], report.UncleanEndCount - MostEnds);
        Section("Spikes", [.. report.Spikes.Take(MostSpikes).SelectMany(AnalyzeText.Spike)], report.SpikeCount - MostSpikes);
        Section("Runs", [.. report.Runs.TakeLast(MostRuns).SelectMany(AnalyzeText.Run)], report.Runs.Count + report.MoreRuns - MostRuns);
        Section("Metrics", Metrics());
        Section("Operations", Operations(), report.Operations.Count - MostOperations);
        Section("Alerts and other messages", AnalyzeText.Alerts(report) is { Length: > 0 } alerts ? [alerts] : []);
        Section(
            "What this rests on",
            [
                AnalyzeText.Lines(report), .. report.FirstDamaged.Select(AnalyzeText.Damaged), .. report.Notes.Select(AnalyzeText.Note),
                .. AnalyzeText.Silent(report.Silent),
            ]);
    }

    private List<string> Metrics()
    {
        var columns = new TextColumns("Metric", "Last", "Highest", "Maximum", "Times over", "Readings", "Highest at");
        foreach (var metric in MetricSummary.Of(report.Runs))
        {
            columns.Add(
                metric.Name, Number(metric.Last), Number(metric.Highest), metric.Maximum is { } maximum ? Number(maximum) : "not logged",
                Number(metric.TimesOver), Number(metric.Readings), metric.HighestAt ?? string.Empty);
        }

        return columns.HasRows ? [.. columns.Lines()] : [];
    }

    private List<string> Operations()
    {
        var columns = new TextColumns("Operation", "Started", "Ended", "Failed", "Cancelled", "Allocated", "Mean", "Longest", "Not given back");
        foreach (var operation in report.Operations.Take(MostOperations))
        {
            columns.Add(
                operation.Name, Number(operation.Started), Number(operation.Completed + operation.Failed + operation.Cancelled), Number(operation.Failed),
                Number(operation.Cancelled), MemoryText.Megabytes(operation.AllocatedBytes), Span(operation.MeanSeconds), Span(operation.LongestSeconds),
                AnalyzeText.NotGivenBack(operation));
        }

        return columns.HasRows ? [.. columns.Lines(), AnalyzeText.NotGivenBackNote] : [];
    }

    private void Section(string title, List<string> lines, long more = 0)
    {
        if (lines.Count == 0)
            return;

        shell.Output.WriteLine();
        Head(title);
        foreach (var line in lines)
            shell.Output.WriteLine(line);
        if (more > 0)
            shell.Output.WriteLine(AnalyzeText.More(more));
    }

    private void Head(string text)
    {
        if (shell.OutputIsTerminal)
            shell.Console.Write(new Text(text + "\n", Title));
        else
            shell.Output.WriteLine(text);
    }

    private static string Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? MemoryText.NotAvailable;

    private static string Span(double? seconds) => seconds is { } known ? AnalyzeText.Span(known) : MemoryText.NotAvailable;
}
