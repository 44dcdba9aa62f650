using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>Everything that the watch knows at the moment, as text: what one copies into an issue.</summary>
internal static class ReportText
{
    // More names than these seldom matter, and the report must stay readable.
    private const int MostNames = 20;

    public static string Format(IMemoryWatch watch, bool withContexts)
    {
        var snapshot = watch.Current;
        var previous = withContexts ? watch.PreviousRun : watch.PreviousRun?.WithoutContexts();
        string[] sections =
        [
            string.Create(CultureInfo.InvariantCulture, $"{HeadlineText.Format(watch, withContexts)}\n{HeadlineText.Scope(snapshot)}\nRead at {snapshot.Time:yyyy-MM-dd HH:mm:ss}Z"),
            SnapshotText.FormatInFull(withContexts ? snapshot : snapshot.WithoutContext(), snapshot.Operation),
            DiagnosisText.Format(watch.Diagnose()),
            InFlight(watch.InFlight, withContexts),
            ByName(watch.TotalsByName),
            EntryText.List([.. watch.RecentEntries.TakeLast(Track.Journal.Shown).Select(e => withContexts ? e : e with { Context = default })], TimeZoneInfo.Utc),
            previous is null ? string.Empty : PreviousRunText.Format(previous),
        ];
        return string.Join("\n\n", sections.Where(section => section.Length > 0));
    }

    private static string InFlight(IReadOnlyList<OperationInFlight> operations, bool withContexts) => operations.Count == 0
        ? string.Empty
        : TreeText.Draw(
            string.Create(CultureInfo.InvariantCulture, $"⏳ OPERATIONS IN FLIGHT | {operations.Count}"),
            [.. InFlightText.Lines(withContexts ? operations : [.. operations.Select(o => o with { Context = default })], operations.Count)]);

    private static string ByName(IReadOnlyList<OperationTotals> totals)
    {
        if (totals.Count == 0)
        {
            return string.Empty;
        }

        var lines = totals.Take(MostNames).Select(t => t.ToString()).ToList();
        if (totals.Count > MostNames)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {totals.Count - MostNames} more names"));
        }

        return TreeText.Draw("🧮 OPERATIONS BY NAME", lines);
    }
}
