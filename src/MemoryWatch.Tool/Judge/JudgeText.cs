using System.Globalization;
using MemoryWatch.Tell;
using Spectre.Console;

namespace MemoryWatch.Tool.Judge;

/// <summary>Prints verdicts: one series in full, several as a table.</summary>
internal static class JudgeText
{
    private const int MostLinesNamed = 5;
    private static readonly string[] Columns = ["trace", "memory", "worst", "after", "at the end", "growth at worst"];

    public static void Write(Shell shell, IReadOnlyList<JudgedTrace> traces)
    {
        var read = traces.Where(trace => trace.Report is not null).ToList();
        if (traces.Count == 1)
        {
            read.ForEach(trace => WriteInFull(shell, trace.Name, trace.Report!));
        }
        else if (read.Count > 0)
        {
            WriteTable(shell, read);
            foreach (var trace in read.Where(trace => trace.Report!.SkippedRowCount > 0))
            {
                shell.WriteLine($"{SafeText.Context(trace.Name)}: {Skipped(trace.Report!)}");
            }
        }
    }

    private static void WriteInFull(Shell shell, string name, MemoryTraceReport report)
    {
        shell.WriteLine($"Trace {SafeText.Context(name)}: {MemoryText.Count(report.RowCount)} rows over {Age(report.Length)}");
        if (report.SkippedRowCount > 0)
        {
            shell.WriteLine(Skipped(report));
        }

        foreach (var verdict in report.Verdicts)
        {
            var worst = verdict.Worst;
            shell.WriteLine($"{worst.Track} memory: {worst.Verdict} at its worst, {Age(verdict.WorstAt)} after the first row; {verdict.Final.Verdict} at the end", StyleOf(worst.Verdict));
            shell.WriteLines(TreeText.Draw(string.Empty, [.. Lines(verdict)]));
        }
    }

    private static IEnumerable<string> Lines(MemoryTraceVerdict verdict)
    {
        yield return $"At its worst: {verdict.Worst.Describe()}";
        yield return $"At the end: {verdict.Final.Describe()}";
        yield return $"Growth: {Growth(verdict.Worst)} at its worst, {Growth(verdict.Final)} at the end";
        yield return $"Conditions: {verdict.Worst.Explain()} at its worst; {verdict.Final.Explain()} at the end";
        if (verdict.SuspectedAt is { } suspected)
        {
            yield return $"First suspected: {Age(suspected)} after the first row" + (verdict.LeakingAt is { } leaking ? $", confirmed {Age(leaking)} after it" : ", never confirmed");
        }
    }

    private static void WriteTable(Shell shell, IEnumerable<JudgedTrace> traces)
    {
        List<string[]> rows = [Columns];
        List<Style> styles = [new(decoration: Decoration.Bold)];
        foreach (var trace in traces)
        {
            foreach (var verdict in trace.Report!.Verdicts)
            {
                rows.Add(
                [
                    SafeText.Context(Path.GetFileName(trace.Name)), verdict.Worst.Track.ToString(), verdict.Worst.Verdict.ToString(), Age(verdict.WorstAt),
                    verdict.Final.Verdict.ToString(), Growth(verdict.Worst),
                ]);
                styles.Add(StyleOf(verdict.Worst.Verdict));
            }
        }

        var widths = Columns.Select((_, i) => rows.Max(row => row[i].Length)).ToArray();
        for (var i = 0; i < rows.Count; i++)
        {
            shell.WriteLine(string.Join("  ", rows[i].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd(), styles[i]);
        }
    }

    private static string Skipped(MemoryTraceReport report)
    {
        var named = string.Join(", ", report.SkippedLines.Take(MostLinesNamed).Select(line => MemoryText.Count(line)));
        var more = report.SkippedRowCount > MostLinesNamed ? ", ..." : string.Empty;
        return $"{MemoryText.Count(report.SkippedRowCount)} rows skipped, because they are no row of numbers: lines {named}{more}";
    }

    private static string Growth(LeakAssessment assessment) => assessment.BytesPerHour is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $"{rate.Value / (1 << 20):+0.0;-0.0;0.0} MB/h ({rate.Low / (1 << 20):0.0} to {rate.High / (1 << 20):0.0})")
        : MemoryText.NotAvailable;

    private static string Age(TimeSpan time) => InFlightText.Age(time);

    private static Style StyleOf(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.Leaking => new(Color.Red),
        LeakVerdict.Suspected => new(Color.Yellow),
        _ => Style.Plain,
    };
}
