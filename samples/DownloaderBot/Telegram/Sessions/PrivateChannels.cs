using System.Globalization;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Looks a private channel up in the list of the account's conversations, which is where its key is.</summary>
internal static class PrivateChannels
{
    private const int PageSize = 100;

    // Two thousand conversations; who has more finds the channel among the recent ones after reading in it.
    private const int MostPages = 20;

    /// <summary>The channel; null where the account is not in it. Every channel on the way is noted.</summary>
    public static async Task<InputChannel?> FindAsync(
        TelegramConnection connection, long number, Func<string, Channel, InputChannel> note, CancellationToken cancel)
    {
        var (date, id, peer) = (default(DateTime), 0, (InputPeer?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await connection.CallAsync(client => client.Messages_GetDialogs(date, id, peer, PageSize), cancel);
            if (answer is not Messages_Dialogs dialogs || dialogs.dialogs.Length == 0)
            {
                return null;
            }

            InputChannel? found = null;
            foreach (var channel in dialogs.chats.Values.OfType<Channel>())
            {
                var noted = note(string.Create(CultureInfo.InvariantCulture, $"c/{channel.id}"), channel);
                found = channel.id == number ? noted : found;
            }

            // Without a slice it was the whole list.
            if (found is not null || dialogs is not Messages_DialogsSlice || NextPage(dialogs) is not { } next)
            {
                return found;
            }

            (date, id, peer) = next;
        }

        return null;
    }

    /// <summary>The next page begins after the last conversation that can be named: one with a message and somebody to it.</summary>
    private static (DateTime Date, int Id, InputPeer Peer)? NextPage(Messages_Dialogs dialogs)
    {
        foreach (var dialog in dialogs.dialogs.Reverse())
        {
            var message = dialogs.messages.FirstOrDefault(m => m.ID == dialog.TopMessage && m.Peer?.ID == dialog.Peer.ID);
            if (message is not null && dialogs.UserOrChat(dialog.Peer)?.ToInputPeer() is { } peer)
            {
                return (message.Date, message.ID, peer);
            }
        }

        return null;
    }
}
