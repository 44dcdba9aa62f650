using System.Collections.Concurrent;
using DownloaderBot.Chat;

namespace DownloaderBot.Local;

/// <summary>The last messages that one user of the local chat saw. Thread-safe.</summary>
internal sealed class LocalConversation(long userId)
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly Queue<LocalMessage> _messages = new();
    private readonly OrderedDictionary<long, string> _typed = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    /// <summary>Whether the user has blocked the bot; if so, nothing arrives any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>Number of the latest message.</summary>
    public long Sequence { get { lock (_lock) { return _sequence; } } }

    public IReadOnlyList<LocalMessage> Messages { get { lock (_lock) { return [.. _messages]; } } }

    /// <summary>The last texts that the user typed and that were not deleted.</summary>
    public IReadOnlyCollection<string> Typed { get { lock (_lock) { return [.. _typed.Values]; } } }

    /// <summary>Records a text that the user types and returns its message id.</summary>
    public long Type(string text)
    {
        lock (_lock)
        {
            _typed.Add(++_sequence, text);
            if (_typed.Count > Kept)
            {
                _typed.RemoveAt(0);
            }

            return _sequence;
        }
    }

    /// <summary>Deletes a text that the user typed, also from view.</summary>
    public void Delete(long messageId)
    {
        lock (_lock)
        {
            _typed.Remove(messageId);
            if (IsGone)
            {
                return;
            }
        }

        Append(string.Empty, changedId: messageId, isDeleted: true);
    }

    /// <summary>Adds a service message of the platform.</summary>
    public void AddService(string text) => Append(text, isService: true);

    /// <summary>Adds a message that arrived; an edit has the id of the message that it changes.</summary>
    public long Add(string text, LocalFile? file = null, long? editedId = null) => Append(text, file, editedId);

    /// <summary>Waits for the first message after a number that matches a condition.</summary>
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

    private long Append(
        string text, LocalFile? file = null, long? changedId = null, bool isService = false, bool isDeleted = false)
    {
        TaskCompletionSource changed;
        long id;
        lock (_lock)
        {
            if (IsGone)
            {
                throw new UserGoneException(userId);
            }

            id = changedId ?? _sequence + 1;
            _messages.Enqueue(new(++_sequence, id, text, file, isService, isDeleted));
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
}

/// <summary>The conversations of the local chat, by user.</summary>
internal sealed class LocalConversations
{
    private readonly ConcurrentDictionary<long, LocalConversation> _byUser = new();

    /// <summary>Called with the bytes of a file received so far; a test can hold an upload here.</summary>
    public Func<LocalConversation, long, Task>? UploadGate { get; set; }

    public LocalConversation Of(long userId) => _byUser.GetOrAdd(userId, static id => new(id));
}

/// <summary>An item that a user sees: a message, a message's new text, a file, or a deletion; from the bot or from the platform.</summary>
internal sealed record LocalMessage(
    long Sequence, long MessageId, string Text, LocalFile? File, bool IsService = false, bool IsDeleted = false)
{
    /// <summary>
    /// Whether this changes an earlier message. A new message has its sequence number as id; a change has the id of the message it changes.
    /// </summary>
    public bool IsEdit => MessageId != Sequence && !IsDeleted;
}

/// <summary>A file that a user received.</summary>
internal sealed record LocalFile(string Name, long Length, string Sha256)
{
    public string Caption { get; init; } = string.Empty;

    public bool IsVideo { get; init; }
}
