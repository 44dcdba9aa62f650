using System.Buffers;
using System.Globalization;
using System.Text;

namespace DownloaderBot.Storage;

/// <summary>
/// Changes names that other people chose only where a receiver's file system could not take them. The bot's own disk never sees them: files in
/// transit are named by the store.
/// </summary>
internal static class FileNames
{
    /// <summary>The longest name that common file systems take: ext4 counts bytes, and others count fewer.</summary>
    private const int MaxBytes = 255;

    /// <summary>How much of the end of a longer name is kept: parts, numbers and extensions of any kind.</summary>
    private const int TailBytes = 100;

    private const string Gap = "…";
    private const string Fallback = "file";

    private static readonly SearchValues<char> Reserved = SearchValues.Create("<>:\"/\\|?*");

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })],
        StringComparer.OrdinalIgnoreCase);

    public static string Clean(string? name)
    {
        var clean = new StringBuilder(name?.Length ?? 0);
        foreach (var rune in (name ?? string.Empty).EnumerateRunes())
        {
            clean.Append(IsFit(rune) ? rune.ToString() : "_");
        }

        // Some systems drop dots and spaces at the end, so two names would become one.
        var fit = clean.ToString().TrimStart().TrimEnd(' ', '.');
        var stem = fit.Split('.')[0].TrimEnd();
        return fit.Length == 0 ? Fallback : Shorten(Devices.Contains(stem) ? "_" + fit : fit);
    }

    /// <summary>
    /// Invisible characters can make a name look like another one, for example with another extension. The two that join and separate letters are
    /// part of Persian words and of emoji.
    /// </summary>
    private static bool IsFit(Rune rune) =>
        rune != Rune.ReplacementChar
        && (rune.Value is 0x200C or 0x200D
            || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        && !(rune.IsBmp && Reserved.Contains((char)rune.Value));

    /// <summary>Takes a piece out of the middle, so that the names of several parts stay different. Never splits a character.</summary>
    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
        {
            return name;
        }

        var runes = name.EnumerateRunes().ToArray();
        var head = runes.Take(CountFitting(runes, MaxBytes - TailBytes - Encoding.UTF8.GetByteCount(Gap)));
        var tail = runes.TakeLast(CountFitting(Enumerable.Reverse(runes), TailBytes));
        return string.Concat(head) + Gap + string.Concat(tail);
    }

    private static int CountFitting(IEnumerable<Rune> runes, int bytes) =>
        runes.TakeWhile(rune => (bytes -= rune.Utf8SequenceLength) >= 0).Count();
}
