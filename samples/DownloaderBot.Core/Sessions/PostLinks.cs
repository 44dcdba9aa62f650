using System.Text;
using System.Text.RegularExpressions;

namespace DownloaderBot.Sessions;

/// <summary>Telegram's links in a text, wherever they stand in it. Other links are ignored.</summary>
/// <param name="Posts">The links to posts, in the text's order.</param>
/// <param name="HasComment">Whether there is a link to a comment on a post.</param>
/// <param name="HasLoginCode">Whether there is a link that carries a login code or the like. Such a text is a secret.</param>
/// <param name="HasOther">Whether there is a link to anything else.</param>
internal sealed partial record PostLinks(IReadOnlyList<PostLink> Posts, bool HasComment, bool HasLoginCode, bool HasOther)
{
    private static readonly char[] Punctuation = [.. ".,;:!?)]'*_~"];

    public bool IsEmpty => Posts.Count == 0 && !HasComment && !HasLoginCode && !HasOther;

    public static PostLinks Read(string text)
    {
        var visible = Text.Visible(text);
        var links = Candidates().Matches(visible).Select(match => Read(visible, match)).ToList();
        return new(
            [.. links.Where(link => link.Kind == TelegramLinkKind.Post).Select(link => link.Post!)],
            links.Any(link => link.Kind == TelegramLinkKind.Comment),
            links.Any(link => link.Kind == TelegramLinkKind.LoginCode),
            links.Any(link => link.Kind == TelegramLinkKind.Other));
    }

    private static TelegramLink Read(string text, Match match)
    {
        var address = Text.Visible(Uri.UnescapeDataString(match.Value)).TrimEnd().TrimEnd(Punctuation);
        var link = TelegramLink.Read(address);

        // A digit of another script that follows belongs to a number of which only the beginning was read.
        return link.Kind == TelegramLinkKind.Post && Rune.DecodeFromUtf16(text.AsSpan(match.Index + match.Length), out var next, out _) == 0
            && Rune.IsDigit(next) ? new(TelegramLinkKind.Other) : link;
    }

    /// <summary>
    /// A link begins with its scheme, or with one of Telegram's hosts that is not a part of something longer. It ends at the first character that
    /// links do not have, which includes the letters of other scripts, and where another link follows a comma.
    /// </summary>
    [GeneratedRegex(
        """
        (?: https?:// | (?<![a-z0-9_.@/=-]) tg: | (?<![a-z0-9_.@/=%&?\#-]) (?=(?:[a-z0-9_-]+\.){0,2} (?:t\.me|telegram\.(?:me|dog)) (?![\w.@:-])) )
        (?: (?![,;]https?://) [!\#-;=?-Z[\]_a-z~] )+
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Candidates();
}
