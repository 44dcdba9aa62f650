using MemoryWatch.Judge;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// Writes what the watch sees and does to the application's log. Built in, so it is told at once, on the thread where
/// things happen: lines stand in the log in the order of events, and are there when the process is killed.
/// </summary>
internal sealed class LogObserver(
    ILogger logger, Func<MemoryZone> zone, Journal journal, TimeProvider time, LongOperations longOperations) : IMemoryObserver
{
    // The snapshot that was last printed in full: several alerts of one tick share one.
    private DateTimeOffset _lastShown;

    private LogLevel Level => zone() < MemoryZone.Critical ? LogLevel.Information : LogLevel.Warning;

    public void OnSnapshot(in MemorySnapshot snapshot, MemoryZone zone)
    {
        if (snapshot.Trigger != SnapshotTrigger.Tick && logger.IsEnabled(Level))
        {
            var text = snapshot.Trigger == SnapshotTrigger.Periodic
                ? Joined(snapshot.ToString(), longOperations.Report(zone))
                : snapshot.ToString();
            SnapshotState.Of(text, snapshot, zone)
                .Write(logger, Level, LogEvents.Snapshot, nameof(LogEvents.Snapshot));
        }
    }

    public void OnEntry(in JournalEntry entry)
    {
        // An explicit snapshot's line is the snapshot itself.
        var level = entry.IsQuiet ? LogLevel.Debug : Level;
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
        var state = new LogState(EntryText.Line(entry))
            .Add("operation", entry.Name)
            .Add("operation_id", entry.OperationId == 0 ? null : entry.OperationId)
            .Add("context", entry.Context.Text.Length == 0 ? null : entry.Context.Text)
            .Add("resident_bytes", entry.ResidentBytes);
        if (entry.Kind == JournalEntryKind.Ended)
        {
            state.Add("outcome", entry.Outcome.ToString())
                .Add("resident_change_bytes", entry.ChangeBytes)
                .Add("allocated_bytes", entry.Allocation?.AllocatedBytes)
                .Add("self_allocated_bytes", entry.Allocation?.SelfAllocatedBytes)
                .Add("charged_bytes", entry.Allocation?.ChargedBytes)
                .Add("duration_seconds", entry.Duration?.TotalSeconds)
                .Add("error", entry.Error);
        }

        state.Add(entry.Context.Values).Write(logger, level, id, name);
    }

    public void OnAlert(MemoryAlert alert, in MemorySnapshot snapshot, MemoryZone zone)
    {
        var level = alert.Severity switch
        {
            AlertSeverity.Information => LogLevel.Information,
            _ when zone == MemoryZone.Imminent => LogLevel.Critical,
            AlertSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Critical,
        };
        if (!logger.IsEnabled(level))
        {
            return;
        }

        var (id, name) = alert.Kind switch
        {
            ZoneDetector.Kind => (LogEvents.Zone, nameof(LogEvents.Zone)),
            HighMemoryDetector.Kind => (LogEvents.HighMemory, nameof(LogEvents.HighMemory)),
            SpikeDetector.Kind => (LogEvents.Spike, nameof(LogEvents.Spike)),
            MetricMaximumDetector.Kind => (LogEvents.MetricMaximum, nameof(LogEvents.MetricMaximum)),
            ThrashingDetector.Kind => (LogEvents.Thrashing, nameof(LogEvents.Thrashing)),
            GrowthJudge.Kind => (LogEvents.Operation, nameof(LogEvents.Operation)),
            BudgetJudge.Kind => (LogEvents.Budget, nameof(LogEvents.Budget)),
            _ => (LogEvents.OtherAlert, nameof(LogEvents.OtherAlert)),
        };
        SnapshotState.Of(Describe(alert, snapshot, zone), snapshot, zone)
            .Add("alert", alert.Kind)
            .Add(alert.Values)
            .Add(alert.Cause)
            .Write(logger, level, id, name);
    }

    public void OnRelief(ReliefOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            WatchLog.ReliefFailed(logger, outcome.Name, MemoryText.Duration(outcome.Duration), error);
        }
        else
        {
            WatchLog.Relief(
                logger,
                outcome.Name,
                MemoryText.Megabytes(outcome.FreedBytes is { } freed ? Math.Max(0, freed) : null),
                MemoryText.Megabytes(outcome.Before.ResidentBytes),
                MemoryText.Megabytes(outcome.After.ResidentBytes),
                MemoryText.Duration(outcome.Duration));
        }
    }

    /// <summary>The alert's line and its cause; with the first that matters of a tick also the snapshot and what went before it.</summary>
    private string Describe(MemoryAlert alert, in MemorySnapshot snapshot, MemoryZone zone)
    {
        var text = Joined(alert.Message, alert.Cause?.ToString());
        if (alert.Severity == AlertSeverity.Information || snapshot.Time == _lastShown)
        {
            return text;
        }

        _lastShown = snapshot.Time;
        var shown = snapshot with { Operation = $"Alert: {alert.Kind}" };
        return Joined(
            text, shown.ToString(), longOperations.Report(zone), EntryText.List(journal.Last(Journal.Shown), time.LocalTimeZone));
    }

    private static string Joined(params string?[] parts) => string.Join('\n', parts.Where(p => !string.IsNullOrEmpty(p)));
}
