using System.Threading.Channels;

namespace Plugins;

/// <summary>Posts texts to the webhook of a chat, one after another. Holds a bounded number; if it is full, the oldest text gives way.</summary>
public sealed class ChatWebhook : IAsyncDisposable
{
    private readonly Channel<string> _texts;
    private readonly Task _posting;
    private int _failures;

    public ChatWebhook(HttpClient client, Uri webhook, int capacity = 100)
    {
        _texts = Channel.CreateBounded<string>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        _posting = PostAsync(client, webhook);
    }

    /// <summary>How many texts the webhook did not take.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Queues a text; never waits.</summary>
    public void Add(string text) => _texts.Writer.TryWrite(text);

    /// <summary>Posts what is still queued.</summary>
    public async ValueTask DisposeAsync()
    {
        _texts.Writer.TryComplete();
        await _posting.ConfigureAwait(false);
    }

    private async Task PostAsync(HttpClient client, Uri webhook)
    {
        await foreach (var text in _texts.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                using var content = new StringContent(text);
                using var answer = await client.PostAsync(webhook, content).ConfigureAwait(false);
                answer.EnsureSuccessStatusCode();
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // The log has every alert too; trying again would only delay the next one.
                Interlocked.Increment(ref _failures);
            }
        }
    }
}
