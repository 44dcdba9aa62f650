using System.Text.RegularExpressions;

namespace DownloaderBot.Logins;

/// <summary>Converts a login code as people type it, <c>1 2 3 4 5</c> or <c>1-2-3-4-5</c>, to its digits.</summary>
internal static partial class LoginCode
{
    public static string? Normalize(string text)
    {
        var bare = Separators().Replace(text, string.Empty);
        return Bare().IsMatch(bare) ? bare : null;
    }

    [GeneratedRegex(@"[\s.,_\-]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[0-9]{4,8}\z")]
    private static partial Regex Bare();
}
