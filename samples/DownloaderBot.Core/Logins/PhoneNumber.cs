using System.Text.RegularExpressions;

namespace DownloaderBot.Logins;

/// <summary>
/// Converts a phone number as people type it, with the digits of any script, to the form that platforms require: <c>+</c> and 7 to 15 digits.
/// </summary>
internal static partial class PhoneNumber
{
    public static string? Normalize(string text)
    {
        var bare = Separators().Replace(Plus().Replace(Text.PlainDigits(Text.Visible(text)), "+"), string.Empty);
        return Bare().IsMatch(bare) ? bare : null;
    }

    /// <summary>The plus sign, also as a full-width, small, raised or heavy one.</summary>
    [GeneratedRegex(@"[\uFF0B\uFE62\u207A\u2795]")]
    private static partial Regex Plus();

    /// <summary>Spaces, dashes of all lengths, brackets, points and slashes, and the frames of digits in boxes.</summary>
    [GeneratedRegex(@"[\s\p{Pd}\p{Ps}\p{Pe}\p{M}./·•\u2212]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Bare();
}
