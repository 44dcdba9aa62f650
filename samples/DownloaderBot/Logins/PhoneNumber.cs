using System.Text.RegularExpressions;

namespace DownloaderBot.Logins;

/// <summary>Converts a phone number as people type it to the form that platforms require: <c>+</c> and 7 to 15 digits.</summary>
internal static partial class PhoneNumber
{
    public static string? Normalize(string text)
    {
        var bare = Separators().Replace(text, string.Empty);
        return Bare().IsMatch(bare) ? bare : null;
    }

    [GeneratedRegex(@"[\s().\-]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Bare();
}
