using MemoryWatch.Guard;
using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// Passes on what the watch sees and does: to the black box, the last words, the log and the meter immediately, on the thread where it happens;
/// to the application's observers at the next tick, on a helper thread.
/// </summary>
internal sealed class Teller(LastWords lastWords, CompactRecordLog compact, Log log, WatchMeter meter) : IEntryListener
{
    /// <summary>Maximum number of snapshots, alerts and reliefs that wait for a slow observer; the oldest are dropped first.</summary>
    public const int KeptNotices = 64;

    private readonly IListener[] _listeners = [lastWords, compact, log, meter];
    private volatile IListener? _recorder;
    private IListener? _history;
    private PluginRunner? _runner;
    private GuardedObserver[] _users = [];
    private volatile Ring<Notice>? _notices;

    /// <summary>Passes the first snapshot to the listeners that need the current state; none of them logs it.</summary>
    public void Begin(MemorySnapshot first)
    {
        log.Begin(first);
        meter.Begin(first);
    }

    /// <summary>Adds the application's observers; once, before the watch thread starts.</summary>
    public void Add(IMemoryObserver[] observers, Journal journal, PluginRunner runner)
    {
        if (observers.Length > 0)
        {
            var notices = new Ring<Notice>(KeptNotices);
            (_runner, _users) = (runner, Array.ConvertAll(observers, o => new GuardedObserver(o, journal, notices)));
            _notices = notices;
        }
    }

    /// <summary>Adds the history; before the watch thread starts.</summary>
    public void Keep(IListener history) => _history = history;

    /// <summary>
    /// Attaches the black box, or detaches it if <see langword="null"/>. It is called before the log, whose writers may be slow or hang, so that
    /// the file contains what happened by then.
    /// </summary>
    public void Record(IListener? recorder) => _recorder = recorder;

    public void OnEntry(in JournalEntry entry)
    {
        _recorder?.OnEntry(entry);
        foreach (var listener in _listeners)
        {
            listener.OnEntry(entry);
        }
    }

    public void OnEndedElsewhere(string name) => log.OnEndedElsewhere(name);

    public void Tell(TickReport report)
    {
        _recorder?.OnReport(report);
        _history?.OnReport(report);
        foreach (var listener in _listeners)
        {
            listener.OnReport(report);
        }

        Notify(new(report.Snapshot));
        foreach (var alert in report.Alerts)
        {
            Notify(new(report.Snapshot, alert));
        }

        if (report.Check is { } check)
        {
            Notify(new(check));
        }
    }

    public void Tell(MemorySnapshot snapshot)
    {
        _recorder?.OnSnapshot(snapshot);
        foreach (var listener in _listeners)
        {
            listener.OnSnapshot(snapshot);
        }

        Notify(new(snapshot));
    }

    public void Tell(ReliefOutcome outcome)
    {
        _recorder?.OnRelief(outcome);
        _history?.OnRelief(outcome);
        foreach (var listener in _listeners)
        {
            listener.OnRelief(outcome);
        }

        Notify(new(null, null, outcome));
    }

    /// <summary>Reports a step that only would have been called. Nothing has happened that a history or an observer should have.</summary>
    public void Tell(ReliefPreview preview)
    {
        log.OnPreview(preview);
        meter.OnPreview(preview);
    }

    /// <summary>Reports that no relief step is left to try.</summary>
    public void TellExhausted(MemorySnapshot snapshot) => log.OnExhausted(snapshot);

    /// <summary>Lets the application's observers catch up. Called on the watch thread.</summary>
    public void Deliver() => _runner?.Run(_users);

    private void Notify(in Notice notice) => _notices?.Add(notice);
}
