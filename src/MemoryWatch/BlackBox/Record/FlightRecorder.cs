using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Puts what the watch sees into records: told at once, on the thread where things happen, and before the log, so that an operation is in
/// the file before its first line of code runs.
/// </summary>
internal sealed class FlightRecorder(
    RecordWriter writer, OperationTracker operations, IMemoryReader reader, ILogger logger, TimeProvider time, long started)
    : IMemoryObserver, IEntryListener
{
    /// <summary>Of how many operations it is recorded what they have allocated: one record full, and two when it may be the last.</summary>
    public const int MostWhileHealthy = AllocationRecord.MostItems;
    public const int MostAbove = 2 * AllocationRecord.MostItems;

    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(1);

    private readonly AllocationSurvey _survey = new(operations);
    private readonly object _samples = new();
    private long _lastSample;
    private long _lastTick;
    private (MemoryZone Zone, long? Kills, MemoryGroup? Group)? _lastState;
    private bool _toldSlow;
    private bool _toldFailing;

    /// <summary>Writes the first sample, and what is in flight already.</summary>
    public void Begin(in MemorySnapshot first, MemoryZone zone)
    {
        RecordSample(first, zone, time.GetElapsedTime(started));
        operations.Replay(this);
    }

    public void OnEntry(in JournalEntry entry)
    {
        // Thousands a second of the quiet ones would push everything else out of the file.
        if (entry.IsQuiet)
        {
            return;
        }

        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        Write(record, entry, isReplay: false);
    }

    public void OnSnapshot(in MemorySnapshot snapshot, MemoryZone zone)
    {
        if (snapshot.Trigger == SnapshotTrigger.Periodic || !IsDue(snapshot, zone))
        {
            return;
        }

        var sinceStart = time.GetElapsedTime(started);
        RecordSample(snapshot, zone, sinceStart);
        if (snapshot.Trigger == SnapshotTrigger.Tick)
        {
            RecordAllocations(snapshot.Time, sinceStart, zone);
        }
    }

    public void OnAlert(MemoryAlert alert, in MemorySnapshot snapshot, MemoryZone zone)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Alert, snapshot.Time, time.GetElapsedTime(started));
        AlertRecord.Write(record, alert, zone);
        writer.Write(record);
    }

    public void OnRelief(ReliefOutcome outcome)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Relief, outcome.Time, time.GetElapsedTime(started));
        ReliefRecord.Write(record, outcome);
        writer.Write(record);
    }

    /// <summary>
    /// Looks after the file; once a tick, on the watch thread. Troubles are told from here, as the threads that meet them may be the
    /// application's and hold the lock.
    /// </summary>
    public void Attend()
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

    /// <summary>Writes how the run ended.</summary>
    public void WriteEnd(RecordKind kind, long number, string? error, TimeSpan patience)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, kind, time.GetUtcNow(), time.GetElapsedTime(started));
        EndMarkRecord.Write(record, number, error);
        writer.WriteEndMark(record, patience);
    }

    /// <summary>Of an operation that is told again: it started before the file was there or before records were lost, or was quiet.</summary>
    void IEntryListener.OnEntry(in JournalEntry entry)
    {
        if (entry.IsQuiet)
        {
            return;
        }

        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        Write(record, entry, isReplay: true);
    }

    private void RecordSample(in MemorySnapshot snapshot, MemoryZone zone, TimeSpan sinceStart)
    {
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        RecordFields.Begin(record, RecordKind.Sample, snapshot.Time, sinceStart);
        SampleRecord.Write(record, snapshot, zone, reader.Group, operations.IsMetered);
        writer.Write(record);
    }

    /// <summary>What operations in flight have allocated by this sample; nothing while none has. On the watch thread.</summary>
    private void RecordAllocations(DateTimeOffset now, TimeSpan sinceStart, MemoryZone zone)
    {
        operations.ReplayMuch(this);
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        var items = _survey.Take(zone == MemoryZone.Healthy ? MostWhileHealthy : MostAbove, out var isCut);
        while (items.Length > 0)
        {
            var count = Math.Min(items.Length, AllocationRecord.MostItems);
            record.Clear();
            RecordFields.Begin(record, RecordKind.Allocations, now, sinceStart);
            AllocationRecord.Write(record, items[..count], isCut);
            writer.Write(record);
            items = items[count..];
        }
    }

    private void Write(Span<byte> record, in JournalEntry entry, bool isReplay)
    {
        RecordFields.Begin(record, EntryRecord.KindOf(entry.Kind), entry.Time, time.GetElapsedTime(started));
        EntryRecord.Write(record, entry, isReplay);
        writer.Write(record);
    }

    /// <summary>
    /// Whether it is to be recorded: one a second while all is well, all above. What the verdict on the next run's start rests on is
    /// recorded at once: zone, kills and group.
    /// </summary>
    private bool IsDue(in MemorySnapshot snapshot, MemoryZone zone)
    {
        var state = (zone, snapshot.Container.OomKills, reader.Group);
        lock (_samples)
        {
            // Ticks have a pace of their own: snapshots that are asked for must not take their place.
            var (now, isTick) = (time.GetTimestamp(), snapshot.Trigger == SnapshotTrigger.Tick);
            var last = isTick ? _lastTick : _lastSample;
            if (zone == MemoryZone.Healthy && state == _lastState && time.GetElapsedTime(last, now) < HealthyInterval)
            {
                return false;
            }

            (_lastSample, _lastTick, _lastState) = (now, isTick ? now : _lastTick, state);
            return true;
        }
    }
}
