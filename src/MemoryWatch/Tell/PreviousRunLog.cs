using System.Globalization;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log event of the previous run, with its values as structured state.</summary>
internal static class PreviousRunLog
{
    public static void Write(ILogger logger, PreviousRun run) => Write(logger, run, run.Describe());

    /// <summary>A run that ended too, but was not the last that started: one line.</summary>
    public static void WriteEarlier(ILogger logger, PreviousRun run) => Write(logger, run, PreviousRunText.Line(run));

    /// <summary>Ended runs that are not reported one by one.</summary>
    public static void WriteMore(ILogger logger, int runs)
    {
        var headline = PreviousRunText.Headline(RunVerdict.Unknown);
        LogState.WithDetails(headline, string.Create(CultureInfo.InvariantCulture, $"{headline}: and {runs} more ended, which are not reported"))
            .Write(logger, LogLevel.Warning, LogEvents.PreviousRun, nameof(LogEvents.PreviousRun));
    }

    private static void Write(ILogger logger, PreviousRun run, string text)
    {
        var state = LogState.WithDetails(PreviousRunText.Headline(run.Verdict), text);
        if (run.LastSnapshot is { } snapshot)
        {
            state.Add(snapshot).Add(snapshot.ContainerProcesses);
        }

        state.Add("verdict", run.Verdict.ToString())
            .Add("evidence", run.Evidence.Count == 0 ? null : string.Join("; ", run.Evidence.Select(EvidenceText.Of)))
            .Add("last_seen", run.LastSeen)
            .Add("lifetime_seconds", run.Lifetime.TotalSeconds)
            .Add("exit_code", run.ExitCode)
            .Add("error", run.Error)
            .Add("in_flight", run.InFlight.Count + run.MoreInFlight)
            .Add("restart_lost", run.Verdict == RunVerdict.Restarted ? RestartText.Lost(run) : null)
            .Add("damaged_records", run.DamagedRecords)
            .Add("lost_records", run.LostRecords)
            .Add("run_id", run.RunId)
            .Add("kept_path", run.FilePath.Length == 0 ? null : run.FilePath)
            .Write(
                logger,
                run.Verdict == RunVerdict.Clean ? LogLevel.Information : LogLevel.Warning,
                LogEvents.PreviousRun,
                nameof(LogEvents.PreviousRun));
    }
}
