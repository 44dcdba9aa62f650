using MemoryWatch;

namespace Plugins;

/// <summary>
/// Adds up a day, or another period, into one message: the peak, alerts, failed operations, and what relief freed. It needs no lock because the
/// watch makes one call at a time.
/// </summary>
public sealed class PeriodicSummary(TimeSpan period, Action<string> publish) : IMemoryObserver
{
    private readonly SortedDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private DateTimeOffset? _since;
    private MemoryUsage _peak;
    private int _alerts;
    private long _freedBytes;

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        if (snapshot.Time - (_since ??= snapshot.Time) >= period)
        {
            var failed = _failures.Count == 0 ? "none" : string.Join(", ", _failures.Select(f => $"{f.Key} {f.Value}"));
            publish($"Peak {_peak} | Alerts: {_alerts} | Failed: {failed} | Freed: {new MemorySize(_freedBytes)}");
            _failures.Clear();
            (_since, _peak, _alerts, _freedBytes) = (snapshot.Time, default, 0, 0);
        }

        _peak = snapshot.Usage.UsedBytes > (_peak.UsedBytes ?? -1) ? snapshot.Usage : _peak;
    }

    public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot) => _alerts++;

    public void OnRelief(ReliefOutcome outcome) => _freedBytes += Math.Max(0, outcome.FreedBytes ?? 0);

    public void OnEntry(in JournalEntry entry)
    {
        if (entry is { Kind: JournalEntryKind.Ended, Outcome: OperationOutcome.Failed })
        {
            _failures[entry.Name] = _failures.GetValueOrDefault(entry.Name) + 1;
        }
    }
}
