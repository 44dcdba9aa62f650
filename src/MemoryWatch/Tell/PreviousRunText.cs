using System.Globalization;
using System.Text;

namespace MemoryWatch.Tell;

/// <summary>The text form of a previous run. People search logs for it: it changes only with a new major version.</summary>
internal static class PreviousRunText
{
    /// <summary>How many operations in flight are printed; all of them are in the data.</summary>
    public const int MostInFlight = 20;

    public static string Format(PreviousRun run)
    {
        var title = Title(run);
        if (run.Verdict == RunVerdict.Clean)
        {
            return $"{title} | Last seen: {Time(run)}";
        }

        var text = Draw(title, Lines(run));
        if (run.LastSnapshot is { } snapshot)
        {
            text.Append('\n').Append(snapshot);
        }

        var recent = EntryText.List([.. run.RecentEntries], run.TimeZone);
        return recent.Length == 0 ? text.ToString() : text.Append('\n').Append(recent).ToString();
    }

    /// <summary>The first line: how the run ended.</summary>
    public static string Title(PreviousRun run) => run.Verdict switch
    {
        RunVerdict.Killed => "💀 PREVIOUS RUN: killed for want of memory (confirmed)",
        RunVerdict.LikelyKilled => "💀 PREVIOUS RUN: killed for want of memory (likely)",
        RunVerdict.Crashed => $"💥 PREVIOUS RUN: crashed: {run.Error ?? MemoryText.NotAvailable}",
        RunVerdict.EndedWithoutMark => "❔ PREVIOUS RUN: ended without a mark",
        _ when run.ExitCode is { } code => string.Create(CultureInfo.InvariantCulture, $"✅ PREVIOUS RUN: exited, code {code}"),
        _ => "✅ PREVIOUS RUN: stopped",
    };

    private static IEnumerable<string> Lines(PreviousRun run)
    {
        yield return $"Last seen: {Time(run)}, {run.LastZone}";
        foreach (var evidence in run.Evidence)
        {
            yield return $"Why: {evidence}";
        }

        if (run.Cause is { } cause)
        {
            yield return $"Grew: {MemoryText.Change(cause.RiseBytes)} | {cause}";
        }

        foreach (var operation in run.InFlight.Take(MostInFlight))
        {
            yield return $"In flight: {InFlightText.Line(operation)}";
        }

        if (run.MoreInFlight + Math.Max(0, run.InFlight.Count - MostInFlight) is var more and > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"In flight: and {more} more");
        }

        foreach (var alert in run.Alerts)
        {
            yield return $"Alert: {Clock(run, alert.Time)} {alert.Message}";
        }

        foreach (var relief in run.Reliefs)
        {
            yield return $"Relief: {Clock(run, relief.Time)} {Describe(relief)}";
        }

        if (run.DamagedRecords > 0 || run.LostRecords > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Records: {run.DamagedRecords} damaged, {run.LostRecords} lost");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"Process: {run.ProcessId}, kept in {SafeText.Context(run.FilePath)}");
    }

    private static string Describe(ReliefOutcome relief) => relief.Error is { } error
        ? $"{relief.Name} failed: {error}"
        : $"{relief.Name} freed {MemoryText.Megabytes(relief.FreedBytes is { } freed ? Math.Max(0, freed) : null)}";

    private static string Time(PreviousRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeZoneInfo.ConvertTime(run.LastSeen, run.TimeZone):yyyy-MM-dd HH:mm:ss zzz}, {InFlightText.Age(run.Lifetime)} after its start");

    private static string Clock(PreviousRun run, DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"[{TimeZoneInfo.ConvertTime(time, run.TimeZone):HH:mm:ss}]");

    private static StringBuilder Draw(string title, IEnumerable<string> lines)
    {
        var text = new StringBuilder(title);
        var all = lines.ToList();
        for (var i = 0; i < all.Count; i++)
        {
            text.Append('\n').Append(i == all.Count - 1 ? "└─ " : "├─ ").Append(all[i]);
        }

        return text;
    }
}
