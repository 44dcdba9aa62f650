using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Writes the events of the watch to records: at once, on the thread where they happen, and before the log. An operation is therefore in the
/// file before its first line of code runs.
/// </summary>
internal sealed class FlightRecorder(
    RecordWriter writer, OperationTracker operations, IMemoryReader reader, ILogger logger, TimeProvider time, long started,
    HistoryWriter? history = null)
    : IListener, IReplayListener
{
    /// <summary>
    /// Maximum number of operations whose allocations are recorded with a sample: one full record, or two above the healthy zone, because that
    /// sample may be the last.
    /// </summary>
    public const int MostWhileHealthy = AllocationRecord.MostItems;
    public const int MostAbove = 2 * AllocationRecord.MostItems;

    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestartPatience = TimeSpan.FromSeconds(1);

    private readonly AllocationSurvey _survey = new(operations.Store.InFlight);
    private readonly NameSurvey _names = new(operations.Store);
    private readonly RunningSurvey _running = new(operations.Store, time);
    private readonly object _samples = new();
    private long _lastSample;
    private long _lastTick;
    private (MemoryZone Zone, long? Kills, MemoryGroup? Group)? _lastState;
    private ContainerProcesses? _lastProcesses;
    private bool _hasFindings;
    private bool _toldSlow;
    private bool _toldFailing;

    /// <summary>Writes the first sample and the operations already in flight.</summary>
    public void Begin(MemorySnapshot first)
    {
        RecordSample(first, time.GetElapsedTime(started));
        operations.Replay(this);
    }

    public void OnReport(TickReport report)
    {
        if (IsDue(report.Snapshot))
        {
            var sinceStart = time.GetElapsedTime(started);
            RecordSample(report.Snapshot, sinceStart);
            RecordAllocations(report.Snapshot, sinceStart);
            RecordNames(report.Snapshot, sinceStart);
            RecordRunning(report.Snapshot, sinceStart);
        }
        else
        {
            _running.Notice();
        }

        RecordProcesses(report.Snapshot);
        RecordFindings(report);
        history?.Look();
        Attend();
        foreach (var alert in report.Alerts)
        {
            RecordAlert(alert, report.Snapshot);
        }
    }

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        if (IsDue(snapshot))
        {
            RecordSample(snapshot, time.GetElapsedTime(started));
        }
    }

    public void OnEntry(in JournalEntry entry) => RecordEntry(entry, isReplay: false);

    /// <summary>
    /// Records an operation that is replayed: it started before the file was open or before records were lost, or it was quiet.
    /// </summary>
    public void OnReplay(in JournalEntry entry) => RecordEntry(entry, isReplay: true);

    public void OnRelief(ReliefOutcome outcome)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Relief, outcome.Time, time.GetElapsedTime(started));
        ReliefRecord.Write(record, outcome);
        writer.Write(record);
    }

    /// <summary>Marks the run as stopped. After the last tick, it also logs what could not be written since.</summary>
    public void Stop(TimeSpan patience)
    {
        history?.Stop();
        var isMarked = WriteEnd(RecordKind.Stopped, 0, null, patience);
        if (!_toldFailing && (!isMarked || writer.Losses.IsLosing))
        {
            BlackBoxLog.Failing(logger, writer.Losses.Reason ?? "its end could not be marked");
        }
    }

    /// <summary>Writes an end mark.</summary>
    /// <returns>Whether it could be written.</returns>
    public bool WriteEnd(RecordKind kind, long number, string? error, TimeSpan patience)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, kind, time.GetUtcNow(), time.GetElapsedTime(started));
        EndMarkRecord.Write(record, number, error);
        return writer.WriteEndMark(record, patience);
    }

    /// <summary>
    /// Records that an <see cref="OutOfMemoryException"/> was thrown. Allocates nothing, because there may be no memory, and does not wait for the
    /// lock. Any thread may call it.
    /// </summary>
    /// <param name="count">Number of such exceptions so far.</param>
    public void RecordOutOfMemory(long count) =>
        WriteEnd(RecordKind.OutOfMemory, count, nameof(OutOfMemoryException), TimeSpan.Zero);

    /// <summary>Records the restart on purpose of this run, with those before it.</summary>
    /// <returns>Whether it is in the file.</returns>
    public bool RecordRestart(RestartLedger ledger, DrainedRestart restart)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Restart, time.GetUtcNow(), time.GetElapsedTime(started));
        RestartRecord.Write(record, ledger, restart);
        return writer.WriteRestart(record, RestartPatience);
    }

    /// <summary>
    /// Logs problems with the file and tries to recover; called once per tick, on the watch thread. Problems are logged here because the threads
    /// that encounter them may belong to the application and hold the lock.
    /// </summary>
    private void Attend()
    {
        if (writer.MovedBecauseOf is { } duration && !_toldSlow)
        {
            _toldSlow = true;
            BlackBoxLog.Slow(logger, MemoryText.Duration(duration));
        }

        if (!writer.Losses.IsLosing)
        {
            return;
        }

        if (!_toldFailing)
        {
            _toldFailing = true;
            BlackBoxLog.Failing(logger, writer.Losses.Reason ?? MemoryText.NotAvailable);
        }

        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Gap, time.GetUtcNow(), time.GetElapsedTime(started));
        GapRecord.Write(record, writer.Losses.Count);
        if (writer.TryRecover(record))
        {
            operations.Replay(this);
            _toldFailing = false;
            BlackBoxLog.Recovered(logger, writer.Losses.Count);
        }
    }

    private void RecordSample(MemorySnapshot snapshot, TimeSpan sinceStart)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Sample, snapshot.Time, sinceStart);
        SampleRecord.Write(record, snapshot, reader.Group, operations.IsMetered, _survey.CountQuiet());
        writer.Write(record);
    }

    /// <summary>
    /// Records the allocations of operations in flight at this sample; writes nothing while none has allocated. On the watch thread.
    /// </summary>
    private void RecordAllocations(MemorySnapshot snapshot, TimeSpan sinceStart)
    {
        operations.ReplayMuch(this);
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        var items = _survey.Take(snapshot.Zone == MemoryZone.Healthy ? MostWhileHealthy : MostAbove, out var isCut);
        while (items.Length > 0)
        {
            var count = Math.Min(items.Length, AllocationRecord.MostItems);
            record.Clear();
            RecordFields.Begin(record, RecordKind.Allocations, snapshot.Time, sinceStart);
            AllocationRecord.Write(record, items[..count], isCut);
            writer.Write(record);
            items = items[count..];
        }
    }

    /// <summary>Records which names took most since the last such record; writes nothing if none took enough. On the watch thread.</summary>
    private void RecordNames(MemorySnapshot snapshot, TimeSpan sinceStart)
    {
        var names = _names.Take(out var others);
        if (names.Length > 0)
        {
            Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
            RecordFields.Begin(record, RecordKind.Names, snapshot.Time, sinceStart);
            NamesRecord.Write(record, names, others);
            writer.Write(record);
        }
    }

    /// <summary>
    /// Records who had the processor, and above the healthy zone which quiet operations are in flight. Writes nothing if there is nothing to say.
    /// On the watch thread.
    /// </summary>
    private void RecordRunning(MemorySnapshot snapshot, TimeSpan sinceStart)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        if (_running.TryWrite(record, withQuiet: snapshot.Zone > MemoryZone.Healthy))
        {
            RecordFields.Begin(record, RecordKind.Running, snapshot.Time, sinceStart);
            writer.Write(record);
        }
    }

    /// <summary>Records who else is in the container, each reading once. On the watch thread.</summary>
    private void RecordProcesses(MemorySnapshot snapshot)
    {
        if (snapshot.ContainerProcesses is { } processes && !ReferenceEquals(processes, _lastProcesses))
        {
            _lastProcesses = processes;
            Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
            RecordFields.Begin(record, RecordKind.Processes, processes.Time, time.GetElapsedTime(started));
            ProcessesRecord.Write(record, processes);
            writer.Write(record);
        }
    }

    /// <summary>Records what a diagnosis found, or that it found nothing any more. On the watch thread.</summary>
    private void RecordFindings(TickReport report)
    {
        if (report.Diagnosis is not { } diagnosis || (diagnosis.Findings.Count == 0 && !_hasFindings))
        {
            return;
        }

        _hasFindings = diagnosis.Findings.Count > 0;
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        var sinceStart = time.GetElapsedTime(started);
        for (var i = 0; i < Math.Clamp(diagnosis.Findings.Count, 1, FindingRecord.Most); i++)
        {
            record.Clear();
            RecordFields.Begin(record, RecordKind.Finding, diagnosis.Time, sinceStart);
            if (_hasFindings)
            {
                FindingRecord.Write(record, diagnosis.Findings[i], diagnosis.Findings[i].Describe(), i);
            }

            writer.Write(record);
        }
    }

    private void RecordAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Alert, snapshot.Time, time.GetElapsedTime(started));
        AlertRecord.Write(record, alert, alert.Describe(), snapshot.Zone);
        writer.Write(record);
    }

    /// <summary>Skips quiet operations: thousands of them per second would push everything else out of the file.</summary>
    private void RecordEntry(in JournalEntry entry, bool isReplay)
    {
        if (entry.IsQuiet)
        {
            return;
        }

        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, EntryRecord.KindOf(entry.Kind), entry.Time, time.GetElapsedTime(started));
        EntryRecord.Write(record, entry, isReplay);
        writer.Write(record);
    }

    /// <summary>
    /// Whether to record this snapshot: one per second in the healthy zone, every one above it. A change of zone, kill count or cgroup is recorded
    /// at once, because the verdict at the next run's start relies on them.
    /// </summary>
    private bool IsDue(MemorySnapshot snapshot)
    {
        var state = (snapshot.Zone, snapshot.Container.OomKills, reader.Group);
        lock (_samples)
        {
            // Ticks have a separate interval: a requested snapshot must not replace the next tick.
            var (now, isTick) = (time.GetTimestamp(), snapshot.Trigger == SnapshotTrigger.Tick);
            var last = isTick ? _lastTick : _lastSample;
            if (snapshot.Zone == MemoryZone.Healthy && state == _lastState && time.GetElapsedTime(last, now) < HealthyInterval)
            {
                return false;
            }

            (_lastSample, _lastTick, _lastState) = (now, isTick ? now : _lastTick, state);
            return true;
        }
    }
}
