using MemoryWatch.Guard;
using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// Tells the observers: the built-in black box, log and meter at once, on the thread where things happen; the users' at the next tick, on a
/// helper thread.
/// </summary>
internal sealed class ObserverHub(IMemoryObserver log, IMemoryObserver meter, Func<MemoryZone> zone) : IEntryListener
{
    /// <summary>How many snapshots, alerts and reliefs wait for an observer that is slow; the oldest go first.</summary>
    public const int KeptNotices = 64;

    private volatile IMemoryObserver? _recorder;
    private PluginRunner? _runner;
    private GuardedObserver[] _users = [];
    private Ring<Notice>? _notices;

    /// <summary>Adds the users' observers; once, before the watch thread starts.</summary>
    public void Add(IMemoryObserver[] observers, Journal journal, PluginRunner runner)
    {
        if (observers.Length > 0)
        {
            var notices = new Ring<Notice>(KeptNotices);
            (_runner, _users) = (runner, Array.ConvertAll(observers, o => new GuardedObserver(o, journal, notices)));
            Volatile.Write(ref _notices, notices);
        }
    }

    /// <summary>
    /// Adds the black box. It is told before the log, whose writers may take their time or hang: what happened is in the file by then.
    /// </summary>
    public void Add(IMemoryObserver recorder) => _recorder = recorder;

    public void OnEntry(in JournalEntry entry)
    {
        _recorder?.OnEntry(entry);
        log.OnEntry(entry);
        meter.OnEntry(entry);
    }

    public void Tell(in MemorySnapshot snapshot) => Tell(new Notice(snapshot, zone(), null, null));

    public void Tell(MemoryAlert alert, in MemorySnapshot snapshot) => Tell(new Notice(snapshot, zone(), alert, null));

    public void Tell(ReliefOutcome outcome) => Tell(new Notice(default, zone(), null, outcome));

    /// <summary>Lets the users' observers catch up; on the watch thread.</summary>
    public void Deliver() => _runner?.Run(_users);

    private void Tell(in Notice notice)
    {
        Volatile.Read(ref _notices)?.Add(notice);
        if (_recorder is { } recorder)
        {
            notice.Tell(recorder);
        }

        notice.Tell(log);
        notice.Tell(meter);
    }
}
