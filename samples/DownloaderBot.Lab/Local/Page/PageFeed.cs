using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DownloaderBot.Local.Page;

/// <summary>
/// Streams what users see: first the known messages, then new ones. An open stream would delay the web server's stop, so all streams end before
/// that, after the last messages to the users.
/// </summary>
internal sealed class PageFeed(LocalConversations conversations, KeptFiles kept) : StoppingService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Changes at a restart because the message numbers then start again.</summary>
    private readonly string _run = Guid.NewGuid().ToString("N");

    public async IAsyncEnumerable<SseItem<object>> ReadAsync(
        IEnumerable<long> users, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var messages = Channel.CreateBounded<PageMessage>(64);
        var following = FollowAsync(users, messages.Writer, closed.Token);
        try
        {
            yield return new(new { run = _run }, "run");
            while (await MoreAsync(messages.Reader, closed.Token))
            {
                while (messages.Reader.TryRead(out var message))
                {
                    yield return new(message);
                }
            }
        }
        finally
        {
            await closed.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the streams. The downloads stop earlier and have sent their replies by then.</summary>
    public override Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    private async Task FollowAsync(IEnumerable<long> users, ChannelWriter<PageMessage> writer, CancellationToken closed)
    {
        try
        {
            await Task.WhenAll(users.Select(id => FollowAsync(id, writer, closed)));
        }
        finally
        {
            writer.Complete();
        }
    }

    private async Task FollowAsync(long userId, ChannelWriter<PageMessage> writer, CancellationToken closed)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(closed, _stopping.Token);
        var conversation = conversations.Of(userId);
        var seen = 0L;
        try
        {
            while (true)
            {
                var message = await conversation.WaitAsync(seen, static _ => true, either.Token);
                seen = message.Sequence;
                await writer.WriteAsync(PageMessage.Of(userId, message, kept), closed);
            }
        }
        catch (OperationCanceledException) when (!closed.IsCancellationRequested)
        {
            // The bot stops: only the messages sent so far follow.
        }

        foreach (var message in conversation.Messages.Where(m => m.Sequence > seen))
        {
            await writer.WriteAsync(PageMessage.Of(userId, message, kept), closed);
        }
    }

    private static async Task<bool> MoreAsync(ChannelReader<PageMessage> reader, CancellationToken closed)
    {
        try
        {
            return await reader.WaitToReadAsync(closed);
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
            return false;
        }
    }
}

/// <summary>A message in the form that the page's script gets.</summary>
internal sealed record PageMessage(
    long User, long Sequence, long Id, string Text, bool Edited, bool Deleted, PageFile? File)
{
    public static PageMessage Of(long userId, LocalMessage message, KeptFiles kept) => new(
        userId,
        message.Sequence,
        message.MessageId,
        message.Text,
        message.IsEdit,
        message.IsDeleted,
        message.File is { } file ? new(file.Name, file.Length, file.Caption, kept.Find(file.Sha256) is null ? null : file.Sha256) : null);
}

/// <summary>A file, with its key if it can be fetched.</summary>
internal sealed record PageFile(string Name, long Length, string Caption, string? Key);
