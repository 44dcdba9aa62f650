using System.Globalization;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// While the limit is imminent, writes usage and the operations in flight to places that outlive the container: to the log each time the zone is
/// entered, and to the host's termination log each second. Works with and without a black box.
/// </summary>
internal sealed class LastWords(InFlightRegistry inFlight, TerminationLog terminationLog, ILogger logger, TimeProvider time) : IListener
{
    private const string Title = "❌ LAST WORDS";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _isImminent;
    private MemoryFinding? _finding;
    private long _lastWritten;

    public void OnReport(TickReport report)
    {
        var snapshot = report.Snapshot;
        if (snapshot.Zone != MemoryZone.Imminent)
        {
            Withdraw();
            return;
        }

        if (_isImminent && time.GetElapsedTime(_lastWritten) < Interval)
        {
            return;
        }

        _finding = report.Diagnosis is { } diagnosis ? diagnosis.First : _finding;
        var words = Format(snapshot, inFlight.List(time), _finding);
        if (!_isImminent)
        {
            LogState.WithDetails(Title, words).Add(snapshot).Write(logger, LogLevel.Critical, LogEvents.LastWords, nameof(LogEvents.LastWords));
        }

        (_isImminent, _lastWritten) = (true, time.GetTimestamp());
        terminationLog.Write(words);
    }

    public void OnEntry(in JournalEntry entry)
    {
        // The operations in flight are listed when the text is written.
    }

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        // A snapshot in a worse zone wakes the watch, which ticks.
    }

    public void OnRelief(ReliefOutcome outcome)
    {
        // Relief steps are not part of the text.
    }

    private void Withdraw()
    {
        if (terminationLog.IsWritten && (_isImminent || time.GetElapsedTime(_lastWritten) >= Interval))
        {
            _lastWritten = time.GetTimestamp();
            terminationLog.Withdraw();
        }

        (_isImminent, _finding) = (false, null);
    }

    private static string Format(MemorySnapshot snapshot, OperationInFlight[] inFlight, MemoryFinding? finding) => TreeText.Draw(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Title}: {UsageText.Used(snapshot.Governing)}, {inFlight.Length} in flight"),
        [
            .. InFlightText.Lines(inFlight, inFlight.Length),
            .. finding is null ? Array.Empty<string>() : [FindingText.Line(finding)],
            string.Create(CultureInfo.InvariantCulture, $"{snapshot.Time:yyyy-MM-dd HH:mm:ss} UTC"),
        ]) + "\n" + SnapshotText.FormatInFull(snapshot, "Last Words");
}
