using System.Buffers;
using System.Globalization;
using System.Text;

namespace DownloaderBot.Storage;

/// <summary>Makes names that other people chose safe for any file system.</summary>
internal static class FileNames
{
    /// <summary>Leaves space for the prefix that makes a name unique, within the 255 bytes that file systems allow.</summary>
    private const int MaxBytes = 160;

    private const string Fallback = "file";

    private static readonly SearchValues<char> Reserved = SearchValues.Create("<>:\"/\\|?*");

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })],
        StringComparer.OrdinalIgnoreCase);

    public static string Sanitize(string? name)
    {
        var last = (name ?? string.Empty).Split('/', '\\')[^1];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            clean.Append(IsFit(rune) ? rune.ToString() : "_");
        }

        // Leading dots hide a file or lead to a parent folder. Some systems drop trailing dots and spaces, so two names would become one.
        var safe = Shorten(clean.ToString().Trim(' ', '.'));
        var stem = safe.Split('.')[0].TrimEnd();
        return safe.Length == 0 ? Fallback : Devices.Contains(stem) ? "_" + safe : safe;
    }

    private static bool IsFit(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !(rune.IsBmp && Reserved.Contains((char)rune.Value));

    /// <summary>Shortens the stem, not the extension, and never splits a character.</summary>
    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
        {
            return name;
        }

        var extension = Path.GetExtension(name);
        if (Encoding.UTF8.GetByteCount(extension) > 16)
        {
            extension = string.Empty;
        }

        var room = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        var stem = new StringBuilder();
        foreach (var rune in name[..^extension.Length].EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            stem.Append(rune.ToString());
        }

        return stem.ToString().TrimEnd(' ', '.') + extension;
    }
}
