using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DownloaderBot.Local.Page;

/// <summary>What some users get to see, as it happens: first what is still known, then live.</summary>
internal sealed class PageFeed(LocalConversations conversations, KeptFiles kept, IHostApplicationLifetime lifetime)
{
    /// <summary>Changes at a restart, as the numbers of messages then start again.</summary>
    private readonly string _run = Guid.NewGuid().ToString("N");

    public async IAsyncEnumerable<SseItem<object>> ReadAsync(
        IEnumerable<long> users, [EnumeratorCancellation] CancellationToken cancel)
    {
        // An open stream would hold up the bot's stop.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var messages = Channel.CreateBounded<PageMessage>(64);
        var followers = Task.WhenAll(users.Select(id => FollowAsync(id, messages.Writer, either.Token)));
        try
        {
            yield return new(new { run = _run }, "run");
            while (await MoreAsync(messages.Reader, either.Token))
            {
                while (messages.Reader.TryRead(out var message))
                {
                    yield return new(message);
                }
            }
        }
        finally
        {
            await either.CancelAsync();
            await followers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(long userId, ChannelWriter<PageMessage> writer, CancellationToken cancel)
    {
        var conversation = conversations.Of(userId);
        for (var seen = 0L; ;)
        {
            var message = await conversation.WaitAsync(seen, static _ => true, cancel);
            seen = message.Sequence;
            await writer.WriteAsync(PageMessage.Of(userId, message, kept), cancel);
        }
    }

    private static async Task<bool> MoreAsync(ChannelReader<PageMessage> reader, CancellationToken cancel)
    {
        try
        {
            return await reader.WaitToReadAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the bot stops.
            return false;
        }
    }
}
