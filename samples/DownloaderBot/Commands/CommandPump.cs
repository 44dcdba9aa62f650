using System.Threading.Channels;
using DownloaderBot.Chat;

namespace DownloaderBot.Commands;

/// <summary>
/// Reads the chat and passes each message to the router. Several lanes run in parallel, so that one slow command does not delay all users. A user
/// is always in the same lane, so that their commands keep their order.
/// </summary>
internal sealed class CommandPump(IChat chat, CommandRouter router) : BackgroundService
{
    private const int Lanes = 8;
    private const int MessagesPerLane = 64;

    private readonly Channel<IncomingMessage>[] _lanes =
        [.. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateBounded<IncomingMessage>(MessagesPerLane))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll([SortAsync(stoppingToken), .. _lanes.Select(lane => DrainAsync(lane.Reader, stoppingToken))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This is the end, and not an error, even if the host stops because it could not start.
        }
    }

    private async Task SortAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var message in chat.ReadAsync(cancel))
            {
                await _lanes[(ulong)message.UserId % Lanes].Writer.WriteAsync(message, cancel);
            }
        }
        finally
        {
            // A broken chat must fail visibly: otherwise the lanes, and the program with them, would wait forever.
            Array.ForEach(_lanes, lane => lane.Writer.Complete());
        }
    }

    private async Task DrainAsync(ChannelReader<IncomingMessage> lane, CancellationToken cancel)
    {
        await foreach (var message in lane.ReadAllAsync(cancel))
        {
            await router.RouteAsync(message, cancel);
        }
    }
}
