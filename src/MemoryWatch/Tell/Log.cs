using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// Writes what the watch sees and does to the application's log immediately: the lines are in the order of events, and are there if the process
/// is killed at the next moment.
/// </summary>
internal sealed class Log(ILogger logger, Journal journal, bool isMetered, TimeProvider time) : IListener
{
    private readonly ReadingLog _readings = new(logger, time);

    // The zone of the last tick: in the critical and imminent zones, all lines are warnings.
    private volatile MemoryZone _zone;

    public void Begin(MemorySnapshot first) => _zone = first.Zone;

    public void OnReport(TickReport report)
    {
        _zone = report.Snapshot.Zone;
        _readings.Tell(report.Snapshot);
        var isShown = false;
        var finding = report.Diagnosis?.First;
        foreach (var alert in report.Alerts)
        {
            isShown |= Write(alert, report, isShown, ref finding);
        }

        if (report.Check is { } check)
        {
            Write(check, report);
        }

        if (report.Collections is { } collections)
        {
            Write(collections);
        }
    }

    public void OnSnapshot(MemorySnapshot snapshot) => Write(snapshot, null);

    public void OnEntry(in JournalEntry entry)
    {
        // An explicit snapshot's line is the snapshot itself.
        var level = entry.IsQuiet ? LogLevel.Debug : LevelIn(_zone);
        if (entry.Kind == JournalEntryKind.Snapshot || !logger.IsEnabled(level))
        {
            return;
        }

        var (id, name) = entry.Kind switch
        {
            JournalEntryKind.Started => (LogEvents.OperationStarted, nameof(LogEvents.OperationStarted)),
            JournalEntryKind.Ended => (LogEvents.OperationEnded, nameof(LogEvents.OperationEnded)),
            _ => (LogEvents.Mark, nameof(LogEvents.Mark)),
        };
        EntryText.State(entry).Write(logger, level, id, name);
    }

    public void OnEndedElsewhere(string name) => WatchLog.ScopeEndedElsewhere(logger, name);

    public void OnRelief(ReliefOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            WatchLog.ReliefFailed(logger, outcome.Name, MemoryText.Duration(outcome.Duration), error);
        }
        else if (logger.IsEnabled(LogLevel.Information))
        {
            ReliefText.State(outcome).Write(logger, LogLevel.Information, LogEvents.Relief, nameof(LogEvents.Relief));
        }
    }

    public void OnPreview(ReliefPreview preview)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            ReliefText.State(preview).Write(logger, LogLevel.Information, LogEvents.ReliefPreview, nameof(LogEvents.ReliefPreview));
        }
    }

    public void OnExhausted(MemorySnapshot snapshot) =>
        WatchLog.ReliefExhausted(logger, ReliefText.ZoneName(snapshot.Judgement.ActingZone), snapshot.Governing.ToString());

    private static LogLevel LevelIn(MemoryZone zone) => zone < MemoryZone.Critical ? LogLevel.Information : LogLevel.Warning;

    /// <summary>Writes a requested snapshot, or the periodic check with the long-running operations of its report.</summary>
    private void Write(MemorySnapshot snapshot, TickReport? report)
    {
        var level = LevelIn(snapshot.Zone);
        if (logger.IsEnabled(level))
        {
            var text = Joined(
                snapshot.Describe(),
                FindingText.BelowCheck(report?.Diagnosis),
                report is null ? null : InFlightText.LongRunning(report, isMetered));
            var finding = report?.Diagnosis?.Findings is [var first, ..] ? first : null;
            SnapshotText.State(text, snapshot).Add(finding).Write(logger, level, LogEvents.Snapshot, nameof(LogEvents.Snapshot));
        }
    }

    private void Write(CollectionReport report)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            ReliefText.State(report).Write(logger, LogLevel.Information, LogEvents.CollectionReport, nameof(LogEvents.CollectionReport));
        }
    }

    /// <summary>
    /// Writes the alert's line and its cause; for the first warning of a tick also the snapshot and the recent operations, and once for a tick the
    /// most important finding.
    /// </summary>
    /// <returns>Whether it wrote the snapshot and the operations.</returns>
    private bool Write(MemoryAlert alert, TickReport report, bool isShown, ref MemoryFinding? finding)
    {
        var snapshot = report.Snapshot;
        var level = alert.Severity switch
        {
            AlertSeverity.Information => LogLevel.Information,
            _ when snapshot.Zone == MemoryZone.Imminent => LogLevel.Critical,
            AlertSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Critical,
        };
        if (!logger.IsEnabled(level))
        {
            return false;
        }

        var form = AlertForm.Of(alert);
        var cause = alert.Cause?.Describe() ?? MemoryCauseText.Format(alert.NoCause);
        var shows = alert.Severity > AlertSeverity.Information && !isShown;
        var found = alert.NeedsDiagnosis ? finding : null;
        finding = found is null ? finding : null;
        var text = Joined(form.Message, cause, found is null ? null : FindingText.Line(found));
        if (shows)
        {
            text = Joined(
                text,
                SnapshotText.FormatInFull(snapshot, $"Alert: {alert.Kind}"),
                InFlightText.LongRunning(report, isMetered),
                EntryText.List(journal.Last(Journal.Shown), time.LocalTimeZone));
        }
        else if (alert is ZoneAlert { IsEntered: true } && !isShown)
        {
            text = Joined(text, ContainerProcessesText.Line(snapshot));
        }

        LogState.WithDetails(form.Headline, text)
            .Add(snapshot)
            .Add("alert", alert.Kind)
            .Add(form.Values)
            .Add(alert.Cause, cause)
            .Add(snapshot.ContainerProcesses)
            .Add(found)
            .Write(logger, level, form.EventId, form.EventName);
        return shows;
    }

    private static string Joined(params ReadOnlySpan<string?> parts)
    {
        var lines = new List<string>(parts.Length);
        foreach (var part in parts)
        {
            if (!string.IsNullOrEmpty(part))
            {
                lines.Add(part);
            }
        }

        return string.Join('\n', lines);
    }
}
