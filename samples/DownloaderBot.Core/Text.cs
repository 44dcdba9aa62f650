using System.Globalization;
using System.Text;

namespace DownloaderBot;

/// <summary>Text as people see it.</summary>
internal static class Text
{
    /// <summary>Formats bytes in megabytes: <c>45.3 MB</c>.</summary>
    public static string Megabytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");

    /// <summary>Removes the characters that cannot be seen. Spaces and line breaks stay, and so do control characters.</summary>
    public static string Visible(string text) => !text.EnumerateRunes().Any(IsInvisible)
        ? text
        : string.Concat(text.EnumerateRunes().Where(rune => !IsInvisible(rune)).Select(rune => rune.ToString()));

    /// <summary>Replaces the digits of all scripts, also those in circles, with 0 to 9.</summary>
    public static string PlainDigits(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())
        .Select(rune => CharUnicodeInfo.GetDigitValue(rune, 0) is >= 0 and var digit ? digit.ToString(CultureInfo.InvariantCulture) : rune));

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value

        // Joiners, fillers, the blank Braille pattern and variation selectors, all of which belong to other categories.
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
