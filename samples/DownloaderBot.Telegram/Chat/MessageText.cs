using System.Globalization;

namespace DownloaderBot.Telegram.Chat;

internal static class MessageText
{
    /// <summary>Maximum length of one message. Counted here in UTF-16 units, which are never fewer than the units that Telegram counts.</summary>
    public const int MostCharacters = 4096;

    private const char Cut = '…';

    /// <summary>Shortens the text to one message; the cut is between two user-perceived characters.</summary>
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
