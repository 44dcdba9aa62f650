using System.Globalization;
using System.Text;

namespace MemoryWatch;

/// <summary>
/// Makes text from users safe for a log line: control, line-breaking and bidirectional characters are escaped and the length is capped. It is
/// applied once, when text enters the watch, so that all later code can print it.
/// </summary>
internal static class SafeText
{
    public const int MaxNameLength = 64;
    public const int MaxContextLength = 256;
    public const int MaxErrorLength = 256;

    public static string Name(string? text) => Clean(text, MaxNameLength);

    public static string Context(string? text) => Clean(text, MaxContextLength);

    public static string Error(Exception exception)
    {
        var type = exception.GetType().Name;
        try
        {
            return Clean($"{type}: {exception.Message}", MaxErrorLength);
        }
        catch (Exception)
        {
            // The message is application code and may throw; that exception must not reach the code that reports the error.
            return Clean(type, MaxErrorLength);
        }
    }

    /// <summary>
    /// Returns the text itself if it is harmless and short enough (the usual case, which allocates nothing), otherwise the escaped and capped
    /// text.
    /// </summary>
    public static string Clean(string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        return text.Length <= maxLength && IsHarmless(text) ? text : Escape(text, maxLength);
    }

    private static bool IsHarmless(string text)
    {
        // Nearly all text is plain ASCII: the slower check runs only from the first other character on.
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        for (var i = first < 0 ? text.Length : first; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (IsSuspicious(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    // C0, DEL, C1, line and paragraph separators, all characters that change writing direction, zero-width characters
    // that hide text (not the joiners, which emoji and several scripts need), interlinear marks, and halves of a
    // surrogate pair (lone ones would not survive UTF-8).
    private static bool IsSuspicious(char c) => c switch
    {
        < '\u0020' => true,
        < '\u007F' => false,
        <= '\u009F' => true,
        '\u061C' or '\u180E' or '\u200B' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or '\uFEFF' => true,
        (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or (>= '\uFFF9' and <= '\uFFFB') => true,
        _ => char.IsSurrogate(c),
    };

    private static string Escape(string text, int maxLength)
    {
        var result = new StringBuilder(Math.Min(text.Length, maxLength) + 8);
        Span<char> piece = stackalloc char[6];
        for (var i = 0; i < text.Length;)
        {
            var length = Next(text, ref i, piece);

            // Leaves one character for the ellipsis, unless this piece is the last and just fits.
            var room = i == text.Length ? maxLength : maxLength - 1;
            if (result.Length + length > room)
            {
                return result.Append('…').ToString();
            }

            result.Append(piece[..length]);
        }

        return result.ToString();
    }

    /// <summary>Writes the next character, pair or escape to <paramref name="piece"/> and never cuts one of them.</summary>
    private static int Next(string text, ref int index, Span<char> piece)
    {
        var c = text[index++];
        if (char.IsHighSurrogate(c) && index < text.Length && char.IsLowSurrogate(text[index]))
        {
            piece[0] = c;
            piece[1] = text[index++];
            return 2;
        }

        if (!IsSuspicious(c))
        {
            piece[0] = c;
            return 1;
        }

        piece[0] = '\\';
        switch (c)
        {
            case '\n': piece[1] = 'n'; return 2;
            case '\r': piece[1] = 'r'; return 2;
            case '\t': piece[1] = 't'; return 2;
            default:
                piece[1] = 'u';
                ((int)c).TryFormat(piece[2..], out _, "X4", CultureInfo.InvariantCulture);
                return 6;
        }
    }
}
