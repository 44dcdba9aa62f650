using System.Globalization;
using System.Text;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// Says what is in flight and how memory stands while the limit is imminent, where it outlives the container: in the log, once each time
/// the zone is entered, and in the host's termination log, anew each second. Used by the watch thread only.
/// </summary>
internal sealed class LastWords(OperationTracker operations, TerminationLog terminationLog, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _isImminent;
    private long _lastWritten;

    public void OnTick(in MemorySnapshot snapshot, MemoryZone zone)
    {
        if (zone != MemoryZone.Imminent)
        {
            if (_isImminent)
            {
                _isImminent = false;
                terminationLog.Withdraw();
            }

            return;
        }

        if (_isImminent && time.GetElapsedTime(_lastWritten) < Interval)
        {
            return;
        }

        var words = Format(snapshot, operations.InFlight);
        if (!_isImminent)
        {
            SnapshotState.Of(words, snapshot, zone)
                .Write(logger, LogLevel.Critical, LogEvents.LastWords, nameof(LogEvents.LastWords));
        }

        (_isImminent, _lastWritten) = (true, time.GetTimestamp());
        terminationLog.Write(words);
    }

    private static string Format(in MemorySnapshot snapshot, OperationInFlight[] inFlight)
    {
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"❌ LAST WORDS: {MemoryText.Megabytes(snapshot.Usage.UsedBytes)} / {MemoryText.Limit(snapshot.Usage.LimitBytes)}, {inFlight.Length} in flight"));
        foreach (var operation in inFlight.Take(PreviousRunText.MostInFlight))
        {
            text.Append("\n├─ In flight: ").Append(InFlightText.Line(operation));
        }

        if (inFlight.Length > PreviousRunText.MostInFlight)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n├─ In flight: and {inFlight.Length - PreviousRunText.MostInFlight} more");
        }

        return text.Append("\n└─ ").Append(CultureInfo.InvariantCulture, $"{snapshot.Time:yyyy-MM-dd HH:mm:ss} UTC")
            .Append('\n').Append(snapshot with { Operation = "Last Words" }).ToString();
    }
}
