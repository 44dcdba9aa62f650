using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// The channels and groups that accounts have met, with the key that each account needs to access one. Telegram limits the calls that look them
/// up.
/// </summary>
internal sealed class ChannelBook
{
    private const int Most = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, InputChannel> _channels = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the channel of a link; <see langword="null"/> if it is private and the account is not a member.</summary>
    /// <exception cref="UnknownChannelException">There is no channel with that name.</exception>
    public async Task<InputChannel?> FindAsync(TelegramConnection connection, PostLink link, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_channels.TryGetValue(link.Channel, out var known))
            {
                return known;
            }
        }

        return link.ChannelNumber is { } number
            ? await PrivateChannels.FindAsync(connection, number, Note, cancel)
            : await ResolveAsync(connection, link, cancel);
    }

    /// <summary>Removes an outdated entry.</summary>
    public void Forget(PostLink link)
    {
        lock (_lock)
        {
            _channels.Remove(link.Channel);
        }
    }

    private async Task<InputChannel?> ResolveAsync(TelegramConnection connection, PostLink link, CancellationToken cancel)
    {
        var resolved = await connection.CallAsync(client => client.Contacts_ResolveUsername(link.Channel), cancel);
        switch (resolved.Chat)
        {
            case Channel channel:
                return Note(link.Channel, channel);
            case ChannelForbidden:
                return null;
            default:
                // A person or a bot: they have names too, but no posts.
                throw new UnknownChannelException(link);
        }
    }

    private InputChannel Note(string name, Channel channel)
    {
        InputChannel input = new(channel.id, channel.access_hash);
        lock (_lock)
        {
            if (_channels.Count >= Most)
            {
                // Clears all entries, which costs one call for each channel that is used again.
                _channels.Clear();
            }

            _channels[name] = input;
        }

        return input;
    }
}
