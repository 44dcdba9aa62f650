using System.Globalization;
using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Analyze;

/// <summary>All sentences about a log.</summary>
internal static class AnalyzeText
{
    /// <summary>The verdict: the first sentence.</summary>
    public static string Verdict(LogReport report)
    {
        var scope = $"{Scope(report)}.";
        var found = Found(report).ToArray();
        return found.Length == 0 ? $"Nothing found in {scope}" : $"{Upper(Listed(found))} in {scope}";
    }

    public static string Finding(LogFindingReport finding)
    {
        var times = finding.Count == 1 ? "once" : Text($"{finding.Count} times");
        var when = finding.First is null ? string.Empty
            : finding.First == finding.Last ? $", {finding.First}"
            : $", {finding.First} to {finding.Last}";
        return $"{finding.Text} ({times}{when}{(finding.IsLogged ? string.Empty : "; judged from this log")})";
    }

    /// <summary>The lines about a spike: what it was, and what preceded it.</summary>
    public static IEnumerable<string> Spike(SpikeReport spike)
    {
        yield return $"{When(spike.Time)}{MemoryText.Change(spike.IncreaseBytes)}{Of(spike.Source)}";
        yield return $"  Likely cause: {spike.Cause ?? "the log does not show it"}";
        if (spike.Finding is { } finding)
            yield return $"  Finding: {finding}";
        if (spike.InFlightCount > 0)
            yield return $"  In flight: {InFlight(spike.InFlight, spike.InFlightCount)}";
        if (spike.Before.Count > 0)
            yield return $"  Shortly before: {string.Join("; ", spike.Before.Select(Entry))}";
        if (spike.InFlightCount == 0 && spike.Before.Count == 0)
            yield return "  The log shows no operation in the minute before it";
    }

    public static IEnumerable<string> UncleanEnd(UncleanEndReport end)
    {
        var zone = end.Zone is { } known ? $", {known}" : string.Empty;
        yield return end.LastLine is null && end.Zone is null && end.InFlightCount == 0
            ? $"A run that this log does not show{Of(end.Source)}: {end.Verdict}"
            : $"{When(end.LastLine)}last line of a run{Of(end.Source)}{zone}: {end.Verdict ?? "no stop is logged, and the next start does not say why"}";
        foreach (var detail in end.Details)
            yield return $"  {detail}";
        if (end.InFlightCount > 0)
            yield return $"  In flight by this log: {InFlight(end.InFlight, end.InFlightCount)}";
        if (end.Compact is { } compact)
            yield return $"  Its last compact line: {Compact(compact)}";
    }

    private static string Compact(CompactRecord record)
    {
        var operations = record.InFlight.Select(operation =>
            $"{OperationOf(operation.Name, operation.Context)} for {Span(operation.Age.TotalSeconds)}, allocated {MemoryText.Megabytes(operation.AllocatedBytes)}");
        var inFlight = record.InFlightCount == 0 ? "nothing in flight" : Text($"{record.InFlightCount} in flight: {string.Join("; ", operations)}");
        return Text($"{record.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {record.Zone}, {MemoryText.Megabytes(record.Used.UsedBytes)} of {MemoryText.Limit(record.Used.LimitBytes)}; {inFlight}");
    }

    /// <summary>The lines about a run.</summary>
    public static IEnumerable<string> Run(RunReport run)
    {
        var length = run.Seconds is { } seconds ? Span(seconds) : "time not known";
        var start = run.HasStart ? string.Empty : ", begins before this log";
        yield return $"{When(run.Start)}{length}, {Ended(run.Ended)}{start}{Of(run.Source)}";
        yield return $"  Memory: {Memory(run)}";
        yield return $"  Growth: {Growth(run.Growth)}";
        if (Zones(run) is { Length: > 0 } zones)
            yield return $"  Zones: {zones}";
    }

    /// <summary>What operations left behind, of which only those that ran alone can tell.</summary>
    public static string NotGivenBack(OperationReport operation) =>
        operation.AloneChangeBytes is { } alone ? Text($"{MemoryText.Change(alone)} by {operation.AloneCount}")
        : operation.ChangeBytes is null ? MemoryText.NotAvailable
        : "never alone";

    public static string NotGivenBackNote =>
        "Not given back: what memory had grown by at the ends of those beside which the log shows no other operation; a later GC may free it.";

    public static string More(long more) => Text($"and {more} more; --json has up to {LogTotals.MostSpikes} of each.");

    private static string Growth(GrowthReport growth)
    {
        if (growth.Readings == 0)
            return "not known, because the log has no snapshot of this run";
        if (growth.Assessment is not { } leak)
            return "not known, because the snapshots have no times";
        if (leak.Verdict is LeakVerdict.Unknown or LeakVerdict.WarmingUp)
            return $"not known: {Count(growth.Readings, "snapshot")}{(leak.Observed > TimeSpan.Zero ? $" in {Span(leak.Observed.TotalSeconds)}" : string.Empty)}, which is too little";

        var rate = leak.BytesPerHour is { } hourly
            ? Text($" ({Signed(hourly.Value)} MB/h, {Signed(hourly.Low)} to {Signed(hourly.High)})")
            : string.Empty;
        return Text($"{Verdict(leak)}{rate}, by {growth.Readings} snapshots");
    }

    private static string Verdict(LeakAssessment leak) => leak.Verdict switch
    {
        LeakVerdict.Leaking => "leak confirmed",
        LeakVerdict.Suspected => "leak suspected",
        LeakVerdict.LevelShift => "no leak, a new level",
        _ => $"no leak, {LeakText.Explain(leak)}",
    };

    private static string Memory(RunReport run)
    {
        var growth = run.Growth;
        var limit = run.LimitBytes is { } bytes ? $", limit {MemoryText.Limit(bytes)}" : string.Empty;
        return growth.Readings == 0
            ? $"{MemoryText.NotAvailable}{limit}"
            : $"{MemoryText.Megabytes(growth.FirstResidentBytes)} at the first snapshot, {MemoryText.Megabytes(growth.HighestResidentBytes)} at most, {MemoryText.Megabytes(growth.LastResidentBytes)} at the last{limit}";
    }

    /// <summary>The growth of a run in words, if there is more to say than the table has room for.</summary>
    public static string? GrowthSentence(GrowthReport growth) =>
        growth.Assessment is { Verdict: >= LeakVerdict.Suspected } leak ? Text($"{LeakText.Format(leak)} ({growth.Readings} snapshots)") : null;

    private static string Zones(RunReport run)
    {
        var parts = run.Zones.Select(zone => zone.Seconds is { } seconds ? $"{zone.Zone} {Span(seconds)}" : Text($"{zone.Zone} ({zone.Entered} times)"));
        return string.Join(", ", run.UnknownZoneSeconds > 0 ? parts.Prepend($"unknown {Span(run.UnknownZoneSeconds)}") : parts);
    }

    private static string Ended(RunEnd ended) => ended switch
    {
        RunEnd.Stopped => "stopped",
        RunEnd.Unclean => "no stop before the next start",
        _ => "log ends",
    };

    public static string Note(LogNote note) => note.Kind switch
    {
        LogNoteKind.NoTimes => $"The lines{Of(note.Source)} have no times: how long anything took is not known.",
        LogNoteKind.NoDates => $"The lines{Of(note.Source)} have no dates: a gap of more than a day cannot be seen.",
        LogNoteKind.ClockWentBack => Text($"The time{Of(note.Source)} went back {Times(note.Count)}: what passed meanwhile is not counted."),
        LogNoteKind.ProcessesNotToldApart =>
            $"Several processes write these lines{Of(note.Source)}, and nothing tells them apart: starts are no restarts, and zones and growth are those of all.",
        LogNoteKind.TooManySources => Text($"{note.Count} lines are of further processes than the {LogReader.MostSources} that are told apart."),
        LogNoteKind.FilesOutOfOrder => Text($"{note.Count} of the files begin before the one before them ends: pass them in the order of time."),
        LogNoteKind.FilesDamaged => Text($"{note.Count} of the packed files are damaged or cut off: what comes after is missing."),
        LogNoteKind.OverlongLines => Text($"{note.Count} lines are too long to be read."),
        _ => Text($"The ends of {note.Count} operations are not in the log."),
    };

    public static IEnumerable<string> Silent(IReadOnlyList<SilentLogRule> rules)
    {
        foreach (var group in rules.GroupBy(rule => rule.Reason).OrderBy(group => group.Key))
        {
            var names = string.Join(", ", group.Select(rule => FindingAdvice.Title(rule.Rule)));
            yield return group.Key switch
            {
                LogSilence.NotReached => $"Judged and not found: {names}.",
                LogSilence.TooLittleData => $"Too little in the log to judge: {names}.",
                _ => $"Not logged, and a log does not show what these rules look at: {names}.",
            };
        }
    }

    public static string Alerts(LogReport report)
    {
        var counts = string.Join(", ", report.Alerts.Select(alert => Text($"{alert.Title} {alert.Count:N0}")));
        return report.FreedBytes is { } freed ? $"{counts} ({MemoryText.Megabytes(freed)} in all)" : counts;
    }

    public static string Lines(LogReport report)
    {
        var damaged = report.DamagedLines == 0 ? string.Empty : Text($"; {report.DamagedLines} of them cannot be read");
        return Text($"{report.Lines:N0} lines, {report.LibraryLines:N0} of MemoryWatch{damaged}.");
    }

    public static string Damaged(DamagedLineReport line) => Text($"  {line.File}, line {line.Line}: {line.Text}");

    public static string NoLines(IReadOnlyList<string> files, long lines) =>
        Text($"no line of MemoryWatch in {string.Join(", ", files.Select(file => $"'{file}'"))} ({lines} lines): the log has another format, or its level hides Information");

    public static string Span(double seconds) => InFlightText.Age(TimeSpan.FromSeconds(seconds));

    private static IEnumerable<string> Found(LogReport report)
    {
        if (report.SpikeCount > 0)
            yield return Count(report.SpikeCount, "spike");
        if (report.UncleanEndCount > 0)
            yield return Count(report.UncleanEndCount, "run") + " without a clean end";
        var leaks = report.Runs.Count(run => run.Growth.Verdict >= LeakVerdict.Suspected);
        if (leaks > 0)
            yield return Count(leaks, "run") + " with a leak or a suspected one";
        var critical = report.Runs.Sum(run => run.Zones.Where(zone => zone.Zone >= MemoryZone.Critical).Sum(zone => zone.Entered));
        if (critical > 0)
            yield return Text($"memory {Times(critical)} in a critical zone");
        var findings = report.Findings.Count(finding => finding.IsWarning);
        if (findings > 0)
            yield return Count(findings, "finding");
    }

    private static string Scope(LogReport report)
    {
        var runs = Count(report.Runs.Count + report.MoreRuns, "run");
        return report.Runs.Count > 0 && report.Runs.All(run => run.Seconds is not null)
            ? $"{Span(report.Runs.Sum(run => run.Seconds ?? 0))} of {runs}"
            : runs;
    }

    private static string Entry(EntryReport entry)
    {
        var allocated = entry.AllocatedBytes is > 0 and var bytes ? $", allocated {MemoryText.Megabytes(bytes)}" : string.Empty;
        return $"{OperationOf(entry.Name, entry.Context)} {entry.Kind.ToString().ToLowerInvariant()} {Span(entry.SecondsBefore)} before{allocated}";
    }

    private static string InFlight(IReadOnlyList<InFlightReport> operations, int count)
    {
        var text = string.Join("; ", operations.Select(operation => $"{OperationOf(operation.Name, operation.Context)} for {Span(operation.Seconds)}"));
        return count > operations.Count ? Text($"{text}; and {count - operations.Count} more") : text;
    }

    private static string OperationOf(string name, string context) => context.Length == 0 ? name : $"{name} ({context})";

    private static string When(string? time) => time is null ? string.Empty : $"{time}  ";

    private static string Of(string source) => source.Length == 0 ? string.Empty : $" of {source}";

    private static string Count(long count, string what) => Text($"{count} {what}{(count == 1 ? string.Empty : "s")}");

    private static string Times(long count) => count == 1 ? "once" : Text($"{count} times");

    private static string Listed(string[] parts) => parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Signed(double bytes) => (bytes / (1 << 20)).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
