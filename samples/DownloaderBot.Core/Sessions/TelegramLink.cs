using System.Globalization;
using System.Text.RegularExpressions;

namespace DownloaderBot.Sessions;

internal enum TelegramLinkKind
{
    /// <summary>Not a link of Telegram.</summary>
    None,

    Post,
    Comment,
    LoginCode,
    Other,
}

/// <summary>
/// What one link points to. These are the forms that Telegram documents (core.telegram.org/api/links): <c>t.me/name/123</c>,
/// <c>name.t.me/123</c>, <c>t.me/c/1234567890/123</c>, each with or without the number of a topic before that of the post, and
/// <c>tg://resolve</c> and <c>tg://privatepost</c>.
/// </summary>
/// <param name="Kind">What it points to.</param>
/// <param name="Post">The post; <see langword="null"/> if it is none.</param>
internal sealed partial record TelegramLink(TelegramLinkKind Kind, PostLink? Post = null)
{
    private const string Private = "c";

    private static readonly TelegramLink None = new(TelegramLinkKind.None);
    private static readonly TelegramLink Other = new(TelegramLinkKind.Other);
    private static readonly TelegramLink LoginCode = new(TelegramLinkKind.LoginCode);

    private static readonly string[] Hosts = ["t.me", "telegram.me", "telegram.dog"];

    /// <summary>First parts of links that carry a code, a token or a phone number.</summary>
    private static readonly HashSet<string> Secret = ["login", "auth", "oauth", "confirmphone"];

    /// <summary>First parts of other links; no channel has such a name.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "addemoji", "addlist", "addstickers", "addstyle", "addtheme", "auction", "bg", "boost", "call", "contact", "giftcode", "invoice",
        "iv", "joinchat", "msg", "nft", "proxy", "setlanguage", "share", "socks", "stickers", "web",
    ];

    /// <param name="address">The link alone, with nothing percent-encoded.</param>
    public static TelegramLink Read(string address)
    {
        var parts = address.Split('#')[0].Split('?', 2);
        var query = parts.Length > 1 ? parts[1] : string.Empty;
        var path = parts[0].ToLowerInvariant() is var lower && lower.StartsWith("tg:", StringComparison.Ordinal)
            ? PathOf(lower[3..].Trim('/'), query)
            : PathOf(Scheme().Replace(parts[0], string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries));
        return path switch
        {
            null => None,
            [var first, ..] when Secret.Contains(first.ToLowerInvariant()) => LoginCode,
            _ => Of(path) is not { } post ? Other
                : ValueOf(query, "comment") is not null ? new(TelegramLinkKind.Comment)
                : new(TelegramLinkKind.Post, post with { IsSingle = ValueOf(query, "single") is not null }),
        };
    }

    /// <summary>The path of a link at one of Telegram's hosts, to which a name before the host belongs; otherwise <see langword="null"/>.</summary>
    private static string[]? PathOf(string[] parts)
    {
        if (parts is not [var named, .. var path])
        {
            return null;
        }

        var host = named.ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        if (Hosts.Contains(host))
        {
            return path;
        }

        return Hosts.FirstOrDefault(h => host.EndsWith("." + h, StringComparison.Ordinal)) is { } own
                ? host[..^(own.Length + 1)] is var name && Name().IsMatch(name) ? [name, .. path] : []
            : host == "telegram.org" || host.EndsWith(".telegram.org", StringComparison.Ordinal) ? []
            : null;
    }

    /// <summary>The path that a <c>tg:</c> link stands for.</summary>
    private static string[] PathOf(string method, string query) => method switch
    {
        "resolve" => [ValueOf(query, "domain") ?? string.Empty, ValueOf(query, "post") ?? string.Empty],
        "privatepost" => [Private, ValueOf(query, "channel") ?? string.Empty, ValueOf(query, "post") ?? string.Empty],
        _ => [method],
    };

    private static PostLink? Of(string[] path) => path switch
    {
        [Private or "C", var number, .. var rest] when Number().IsMatch(number) && IdOf(rest) is { } id => PostLink.OfPrivate(number, id),
        [var name, .. var rest] when Name().IsMatch(name) && !Reserved.Contains(name.ToLowerInvariant()) && IdOf(rest) is { } id => new(name, id),
        _ => null,
    };

    /// <summary>The post's number, before which that of a topic may stand.</summary>
    private static int? IdOf(string[] numbers) =>
        numbers.Length is 1 or 2 && numbers.All(n => n.Length <= 10 && n.All(char.IsAsciiDigit))
        && int.TryParse(numbers[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : null;

    /// <summary>A value in the query; empty if only its name is there, <see langword="null"/> if not even that.</summary>
    private static string? ValueOf(string query, string name) => query.Split('&', ';').Select(pair => pair.Split('=', 2))
        .FirstOrDefault(pair => pair[0].Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? found.ElementAtOrDefault(1) ?? string.Empty
            : null;

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{2,31}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[1-9][0-9]{0,14}$")]
    private static partial Regex Number();
}
