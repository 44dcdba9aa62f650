using System.Globalization;
using System.Text.RegularExpressions;

namespace DownloaderBot.Sessions;

/// <summary>A link to a public post: <c>https://t.me/channel/123</c>.</summary>
internal sealed partial record PostLink(string Channel, int PostId)
{
    public static PostLink? Parse(string text)
    {
        var match = Pattern().Match(text.Trim());
        return match.Success
            && int.TryParse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id > 0
                ? new(match.Groups["channel"].Value, id)
                : null;
    }

    public override string ToString() => $"https://t.me/{Channel}/{PostId}";

    [GeneratedRegex(
        @"^(https?://)?t\.me/(?<channel>[a-z][a-z0-9_]{2,31})/(?<id>[0-9]{1,10})/?(\?\S*)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
