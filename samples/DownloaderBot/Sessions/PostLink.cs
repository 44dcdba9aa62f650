using System.Globalization;
using System.Text.RegularExpressions;

namespace DownloaderBot.Sessions;

/// <summary>
/// A link to a post: <c>https://t.me/channel/123</c> of a public channel or group, <c>https://t.me/c/1234567890/123</c> of a private one. The
/// number of a topic may precede that of the post; it is ignored.
/// </summary>
/// <param name="Channel">The name of a public channel, or <c>c/</c> and the number of a private one.</param>
/// <param name="PostId">The post's number there, from 1.</param>
internal sealed partial record PostLink(string Channel, int PostId)
{
    private const string Private = "c/";

    /// <summary>Number of a private channel or group; <see langword="null"/> for a public one, which has a name.</summary>
    public long? ChannelNumber => Channel.StartsWith(Private, StringComparison.Ordinal)
        ? long.Parse(Channel.AsSpan(Private.Length), NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    public static PostLink? Parse(string text)
    {
        var match = Pattern().Match(text.Trim());
        return match.Success
            && int.TryParse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id > 0
                ? new(match.Groups["number"] is { Success: true } number ? Private + number.Value : match.Groups["channel"].Value, id)
                : null;
    }

    public override string ToString() => $"https://t.me/{Channel}/{PostId}";

    [GeneratedRegex(
        @"^(https?://)?t\.me/((?<channel>[a-z][a-z0-9_]{2,31})|c/(?<number>[1-9][0-9]{0,14}))(/[0-9]{1,10})?/(?<id>[0-9]{1,10})/?(\?\S*)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
