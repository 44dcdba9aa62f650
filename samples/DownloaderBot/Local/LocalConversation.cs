using DownloaderBot.Chat;

namespace DownloaderBot.Local;

/// <summary>What one user of the local chat got to see, the last of it. Thread-safe.</summary>
internal sealed class LocalConversation(long userId)
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly Queue<LocalMessage> _messages = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    /// <summary>Set once the user has blocked the bot: nothing arrives any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>The number of the latest message.</summary>
    public long Sequence { get { lock (_lock) { return _sequence; } } }

    public IReadOnlyList<LocalMessage> Messages { get { lock (_lock) { return [.. _messages]; } } }

    /// <summary>Adds what arrived; an edit carries the id of the message that it changes.</summary>
    public long Add(string text, LocalFile? file = null, long? editedId = null)
    {
        TaskCompletionSource changed;
        long id;
        lock (_lock)
        {
            if (IsGone)
            {
                throw new UserGoneException(userId);
            }

            id = editedId ?? _sequence + 1;
            _messages.Enqueue(new(++_sequence, id, text, file));
            if (_messages.Count > Kept)
            {
                _messages.Dequeue();
            }

            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
        return id;
    }

    /// <summary>Waits for the first message after a number that fits.</summary>
    public async Task<LocalMessage> WaitAsync(long after, Func<LocalMessage, bool> fits, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_messages.FirstOrDefault(m => m.Sequence > after && fits(m)) is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancel);
        }
    }
}
