using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// Logs a compact record each time the zone rises. A host without a disk that outlives the process keeps nothing but its log, so after a kill these
/// lines are all that is left. Works with and without a black box.
/// </summary>
internal sealed class CompactRecordLog(InFlightRegistry inFlight, OperationTable totals, ILogger logger, TimeProvider time) : IListener
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private MemoryZone _zone;
    private MemoryZone _written;
    private long _writtenAt;

    public void OnReport(TickReport report)
    {
        var snapshot = report.Snapshot;
        var isRise = snapshot.Zone > _zone;
        _zone = snapshot.Zone;

        // Memory that hovers around an edge is worth one line a minute; a zone that is worse than the last one written is worth a line at once.
        if (!isRise || (snapshot.Zone <= _written && time.GetElapsedTime(_writtenAt) < Interval))
        {
            return;
        }

        (_written, _writtenAt) = (snapshot.Zone, time.GetTimestamp());
        var level = snapshot.Zone < MemoryZone.Critical ? LogLevel.Information : LogLevel.Warning;
        if (logger.IsEnabled(level))
        {
            var record = CompactRecordText.Write(snapshot, inFlight.List(time), totals.Read());
            new LogState("{record}", record).Add("record", record)
                .Write(logger, level, LogEvents.CompactRecord, nameof(LogEvents.CompactRecord));
        }
    }

    public void OnEntry(in JournalEntry entry)
    {
        // The operations are listed when the line is written.
    }

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        // A snapshot in a worse zone wakes the watch, which ticks.
    }

    public void OnRelief(ReliefOutcome outcome)
    {
        // Relief steps are not part of the line.
    }
}
