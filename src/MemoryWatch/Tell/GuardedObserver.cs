using MemoryWatch.Guard;
using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// A user's observer behind the guard. Each reads the journal and the notices at its own pace: one that rests misses
/// what has left them meanwhile, and nobody waits for it.
/// </summary>
internal sealed class GuardedObserver(IMemoryObserver observer, Journal journal, Ring<Notice> notices)
    : GuardedPlugin("Observer", SafeText.Name(observer.GetType().Name))
{
    private long _lastEntry;
    private long _lastNotice;

    protected override void Invoke()
    {
        // As many as there can be: an observer that makes entries itself must not keep this going for ever.
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
