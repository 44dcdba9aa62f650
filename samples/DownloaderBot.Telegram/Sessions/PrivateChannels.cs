using System.Globalization;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Finds a private channel in the list of the account's conversations, which contains its key.</summary>
internal static class PrivateChannels
{
    private const int PageSize = 100;

    // Two thousand conversations. If an account has more, the channel is among the recent ones after the user reads in it.
    private const int MostPages = 20;

    /// <summary>Returns the channel; <see langword="null"/> if the account is not a member. Every channel found on the way is stored.</summary>
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

            // If the answer is not a slice, it was the whole list.
            if (found is not null || dialogs is not Messages_DialogsSlice || NextPage(dialogs) is not { } next)
            {
                return found;
            }

            (date, id, peer) = next;
        }

        return null;
    }

    /// <summary>Returns the start of the next page: the last conversation that has a message and a known peer.</summary>
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
