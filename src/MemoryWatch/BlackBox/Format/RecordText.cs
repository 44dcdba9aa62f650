using System.Text;
using System.Text.Unicode;

namespace MemoryWatch.BlackBox.Format;

/// <summary>Texts of a record, in UTF-8. One that is longer than its room is cut at a whole character.</summary>
internal static class RecordText
{
    /// <summary>Writes as much of the text as fits.</summary>
    /// <param name="text">Safe text.</param>
    /// <param name="room">Where it goes.</param>
    /// <returns>Its length in bytes.</returns>
    public static int Write(string? text, Span<byte> room)
    {
        Utf8.FromUtf16(text, room, out _, out var written);
        return written;
    }

    /// <summary>A text of a file that may have been written by anybody: made safe again.</summary>
    public static string Read(ReadOnlySpan<byte> bytes, int maxLength) => SafeText.Clean(Encoding.UTF8.GetString(bytes), maxLength);
}
