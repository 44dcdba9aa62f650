using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>The log event of the previous run, with its values as structured state.</summary>
internal static class PreviousRunLog
{
    public static void Write(ILogger logger, PreviousRun run)
    {
        var state = LogState.WithDetails(PreviousRunText.Headline(run.Verdict), run.Describe());
        if (run.LastSnapshot is { } snapshot)
        {
            state.Add(snapshot);
        }

        state.Add("verdict", run.Verdict.ToString())
            .Add("evidence", run.Evidence.Count == 0 ? null : string.Join("; ", run.Evidence.Select(EvidenceText.Of)))
            .Add("last_seen", run.LastSeen)
            .Add("lifetime_seconds", run.Lifetime.TotalSeconds)
            .Add("exit_code", run.ExitCode)
            .Add("error", run.Error)
            .Add("in_flight", run.InFlight.Count + run.MoreInFlight)
            .Add("damaged_records", run.DamagedRecords)
            .Add("lost_records", run.LostRecords)
            .Add("run_id", run.RunId)
            .Add("kept_path", run.FilePath)
            .Write(
                logger,
                run.Verdict == RunVerdict.Clean ? LogLevel.Information : LogLevel.Warning,
                LogEvents.PreviousRun,
                nameof(LogEvents.PreviousRun));
    }
}
