using System.Globalization;

namespace DownloaderBot.Telegram.Chat;

internal static class MessageText
{
    /// <summary>The most that one message takes. Counted here in UTF-16, of which there never is less than of what Telegram counts.</summary>
    public const int MostCharacters = 4096;

    private const char Cut = '…';

    /// <summary>The text as far as it fits into one message, cut between two characters as people see them.</summary>
    public static string Fit(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text.AsSpan(end)) is var length && end + length < MostCharacters)
        {
            end += length;
        }

        return text[..end] + Cut;
    }
}
