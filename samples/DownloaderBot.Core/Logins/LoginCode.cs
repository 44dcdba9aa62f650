using System.Text;
using System.Text.RegularExpressions;

namespace DownloaderBot.Logins;

/// <summary>
/// Converts a login code as people type it, <c>1 2 3 4 5</c> or <c>1-2-3-4-5</c>, with the digits of any script, to its digits. Whatever is
/// neither a letter nor a number only separates them.
/// </summary>
internal static partial class LoginCode
{
    public static string? Normalize(string text)
    {
        var bare = string.Concat(Text.PlainDigits(Text.Visible(text)).EnumerateRunes().Where(Counts).Select(rune => rune.ToString()));
        return Bare().IsMatch(bare) ? bare : null;
    }

    private static bool Counts(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    [GeneratedRegex(@"^[0-9]{4,8}\z")]
    private static partial Regex Bare();
}
