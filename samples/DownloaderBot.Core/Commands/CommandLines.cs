using DownloaderBot.Chat;

namespace DownloaderBot.Commands;

/// <summary>
/// The messages on their way to the router, one line of them for each user: a user's commands and replies keep their order, and nobody waits for
/// those of another. Few messages may wait, per user and in all. The others are skipped, and their user is told so at the end of the line.
/// </summary>
internal sealed class CommandLines(CommandRouter router, SecretMessages secrets, Replier replier, BotOptions options)
{
    /// <summary>Maximum number of messages of one user that wait, besides the one being handled.</summary>
    public const int MostPerUser = 10;

    /// <summary>Maximum number of users' messages that wait in all. Those of admins are not counted out.</summary>
    public const int MostInAll = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Line> _lines = [];
    private int _waiting;

    /// <summary>Adds a message to its user's line; never waits.</summary>
    public void Add(IncomingMessage message, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(message.UserId, out var line))
            {
                _lines.Add(message.UserId, line = new());
                line.Work = Task.Run(() => ServeAsync(message.UserId, line, cancel), CancellationToken.None);
            }

            if (line.Waiting.Count < MostPerUser && (_waiting < MostInAll || options.IsAdmin(message.UserId)))
            {
                line.Waiting.Enqueue(message);
                _waiting++;
                return;
            }

            line.Skipped++;
            if (router.IsSecret(message))
            {
                // Without its text, which is what takes space.
                line.SkippedSecrets.Add(message with { Text = string.Empty });
            }
        }
    }

    /// <summary>Completes when the messages that wait now are handled.</summary>
    public Task HandledAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll([.. _lines.Values.Select(line => line.Work)]);
        }
    }

    private async Task ServeAsync(long userId, Line line, CancellationToken cancel)
    {
        while (true)
        {
            IncomingMessage next;
            int skipped;
            List<IncomingMessage> skippedSecrets;
            lock (_lock)
            {
                if (line.Waiting.TryDequeue(out next))
                {
                    _waiting--;
                    (skipped, skippedSecrets) = (0, []);
                }
                else if (line.Skipped > 0)
                {
                    (skipped, skippedSecrets) = (line.Skipped, line.SkippedSecrets);
                    (line.Skipped, line.SkippedSecrets) = (0, []);
                }
                else
                {
                    _lines.Remove(userId);
                    return;
                }
            }

            if (skipped == 0)
            {
                await router.RouteAsync(next, cancel);
                continue;
            }

            foreach (var secret in skippedSecrets)
            {
                await secrets.DeleteAsync(secret, cancel);
            }

            await replier.TellAsync(
                userId, $"That was more than I take at a time. I skipped {skipped} of your messages: please send again what matters.", cancel);
        }
    }

    private sealed class Line
    {
        public Queue<IncomingMessage> Waiting { get; } = new();

        public int Skipped { get; set; }

        public List<IncomingMessage> SkippedSecrets { get; set; } = [];

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
