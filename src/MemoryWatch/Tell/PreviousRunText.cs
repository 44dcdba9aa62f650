using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>The text form of a previous run. People search logs for it: it changes only with a new major version.</summary>
internal static class PreviousRunText
{
    private const string Others =
        "Who else ends a process like this: a host agent or the platform (SIGKILL), systemd-oomd, earlyoom, a debugger, FailFast, a stack overflow, a crash in native code";

    public static string Format(PreviousRun run)
    {
        if (run is { Verdict: RunVerdict.Clean, Restart: null })
        {
            return Line(run);
        }

        string?[] parts = [TreeText.Draw(Title(run), [.. Lines(run)]), Numbers(run), Entries(run)];
        return string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    /// <summary>The last entries; empty if there are none.</summary>
    public static string Entries(PreviousRun run) => EntryText.List([.. run.RecentEntries], run.TimeZone);

    /// <summary>The last numbers. The lines above them show who else was in the container.</summary>
    public static string? Numbers(PreviousRun run) =>
        run.LastSnapshot is { } last ? SnapshotText.FormatInFull(last, last.Operation, withOthers: false) : null;

    /// <summary>A single line, for a run that ended in an orderly way and for one that was not the last that started.</summary>
    public static string Line(PreviousRun run) => $"{Title(run)} | Last seen: {Time(run)}" + (run.Verdict == RunVerdict.Clean
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $" | Process: {run.ProcessId}{Kept(run)}"));

    /// <summary>The first line: how the run ended.</summary>
    public static string Title(PreviousRun run) => Headline(run.Verdict) + run.Verdict switch
    {
        RunVerdict.Killed => ": OOM-killed by the kernel (confirmed)",
        RunVerdict.LikelyKilled => $": OOM-killed by the kernel (likely){Grounds(run)}",
        RunVerdict.Crashed => $": crashed: {run.Error ?? MemoryText.NotAvailable}",
        RunVerdict.EndedWithoutMark => ": ended abruptly, no exit recorded",
        RunVerdict.Restarted => $": restarted on purpose, {RestartText.Outcome(run)}",
        RunVerdict.Unknown => $": {MemoryText.NotAvailable}",
        _ when run.ExitCode is { } code => string.Create(CultureInfo.InvariantCulture, $": exited, code {code}"),
        _ => ": stopped",
    };

    /// <summary>What a likely verdict rests on.</summary>
    private static string Grounds(PreviousRun run)
    {
        var isNear = run.Evidence.Any(e => e is { Kind: RunEvidenceKind.LastUsage } and ({ Zone: not null } or { BytesPerSecond: not null }));
        return (IsRisen(run, RunEvidenceKind.GroupKills), IsRisen(run, RunEvidenceKind.MachineKills), isNear) switch
        {
            (true, _, _) => ": the kernel killed a process in its cgroup, where it was not alone",
            (_, true, true) => ": it was near its limit, and the kernel killed a process somewhere on this machine",
            (_, true, false) => ": the kernel killed a process somewhere on this machine",
            (_, _, true) => ": it was near its limit",
            _ => string.Empty,
        };
    }

    private static bool IsRisen(PreviousRun run, RunEvidenceKind kind) =>
        run.Evidence.Any(evidence => evidence.Kind == kind && evidence.CountNow > evidence.CountBefore);

    /// <summary>The beginning of the first line, the same for each run with this verdict.</summary>
    public static string Headline(RunVerdict verdict) => $"{Symbol(verdict)} PREVIOUS RUN";

    private static string Symbol(RunVerdict verdict) => verdict switch
    {
        RunVerdict.Killed or RunVerdict.LikelyKilled => "💀",
        RunVerdict.Crashed => "💥",
        RunVerdict.Clean => "✅",
        RunVerdict.Restarted => "🔄",
        _ => "❔",
    };

    /// <summary>Why, what grew, what was in flight, and what was recorded before.</summary>
    public static IEnumerable<string> Lines(PreviousRun run)
    {
        yield return $"Last seen: {Time(run)}, {run.LastSnapshot?.Zone ?? MemoryZone.Healthy}";
        if (run.Restart is { } restart)
        {
            yield return RestartText.Line(restart, Clock(run, restart.Began));
        }

        foreach (var evidence in run.Evidence)
        {
            yield return $"Why: {EvidenceText.Of(evidence)}";
        }

        if (run.Verdict == RunVerdict.EndedWithoutMark)
        {
            yield return Others;
        }

        if (run.UnseenGrowthBytes is not null)
        {
            yield return $"Likely cause: the growth itself was not seen; {LastStarted(run)}";
        }
        else if (run.Cause is { } cause)
        {
            yield return $"Grew: {MemoryText.Change(cause.RiseBytes)} | {cause.Describe()}";
        }

        foreach (var finding in run.Findings)
        {
            yield return $"Finding: {Clock(run, finding.Time)} {finding.Message}";
        }

        if (run.LastSnapshot is { } last && ContainerProcessesText.Line(last) is { } others)
        {
            yield return others;
        }

        foreach (var line in InFlightText.Lines(run.InFlight, run.InFlight.Count + run.MoreInFlight))
        {
            yield return line;
        }

        foreach (var operation in run.QuietOperations)
        {
            yield return $"In flight: {InFlightText.Line(operation, isQuiet: true)}";
        }

        if (run.QuietInFlight - run.QuietOperations.Count is { } quiet and > 0)
        {
            var more = run.QuietOperations.Count > 0 ? "more " : string.Empty;
            yield return string.Create(CultureInfo.InvariantCulture, $"In flight: {quiet} {more}quiet, which are not recorded");
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

        if (run.MoreMetrics > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Metrics: {run.MoreMetrics} more, which the file had no room for");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"Process: {run.ProcessId}{Kept(run)}");
    }

    /// <summary>The operation that started last: of those in flight, or else of those in the journal.</summary>
    private static string LastStarted(PreviousRun run)
    {
        if (run.InFlight.Count > 0)
        {
            var last = run.InFlight[^1];
            return $"last started: {OperationText.Name(last.Name, last.Context)}, {InFlightText.Age(last.Age)} before";
        }

        var started = run.RecentEntries.LastOrDefault(entry => entry.Kind == JournalEntryKind.Started);
        var quiet = run.QuietInFlight > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {run.QuietInFlight} quiet operations were in flight") : string.Empty;
        return started.Kind != JournalEntryKind.Started ? $"no start of an operation is recorded{quiet}"
            : $"last started: {OperationText.Name(started.Name, started.Context)}, {InFlightText.Age(run.LastSeen - started.Time)} before, and ended{quiet}";
    }

    private static string Kept(PreviousRun run) => run.FilePath.Length == 0 ? string.Empty : $", kept in {SafeText.Context(run.FilePath)}";

    private static string Describe(ReliefOutcome relief) => relief.Error is { } error
        ? $"{relief.Name} failed: {error}"
        : $"{relief.Name} freed {MemoryText.Megabytes(relief.FreedBytes is { } freed ? Math.Max(0, freed) : null)}";

    private static string Time(PreviousRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeZoneInfo.ConvertTime(run.LastSeen, run.TimeZone):yyyy-MM-dd HH:mm:ss zzz}, {InFlightText.Age(run.Lifetime)} after its start");

    private static string Clock(PreviousRun run, DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"[{TimeZoneInfo.ConvertTime(time, run.TimeZone):HH:mm:ss}]");
}
