using System.Text;
using System.Text.Unicode;

namespace MemoryWatch.BlackBox.Format;

/// <summary>Reads and writes the texts of a record, in UTF-8. A text that does not fit is cut at a whole character.</summary>
internal static class RecordText
{
    /// <summary>Writes as much of the text as fits.</summary>
    /// <param name="text">Safe text.</param>
    /// <param name="room">The bytes available for it.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(string? text, Span<byte> room)
    {
        Utf8.FromUtf16(text, room, out _, out var written);
        return written;
    }

    /// <summary>Reads a text and makes it safe again, because anyone may have written the file.</summary>
    public static string Read(ReadOnlySpan<byte> bytes, int maxLength) => SafeText.Clean(Encoding.UTF8.GetString(bytes), maxLength);
}
