using MemoryWatch.Guard;
using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// Calls a user's observer through the guard. Each observer reads the journal and the notices at its own pace. One that rests misses the entries
/// that were overwritten meanwhile, and nothing waits for it.
/// </summary>
internal sealed class GuardedObserver(IMemoryObserver observer, Journal journal, Ring<Notice> notices)
    : GuardedPlugin("Observer", SafeText.Name(observer.GetType().Name))
{
    private long _lastEntry;
    private long _lastNotice;

    protected override void Invoke()
    {
        // At most one journal: an observer that adds entries itself must not keep this loop running forever.
        for (var i = 0; i < Journal.Capacity && journal.TryGetNext(ref _lastEntry, out var entry); i++)
        {
            observer.OnEntry(entry);
        }

        for (var i = 0; i < Teller.KeptNotices && notices.TryGetNext(ref _lastNotice, out var notice); i++)
        {
            notice.Tell(observer);
        }
    }
}
