using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MemoryWatch.Tool.Inspect;

/// <summary>
/// Undoes what consoles, browsers and log collectors do to text. A compact line has only ASCII letters, digits and a few signs, so whatever is none of
/// these was added on the way.
/// </summary>
internal static partial class PastedClean
{
    /// <summary>JSON in JSON in JSON: more is no log.</summary>
    private const int MostEscapes = 3;

    public static string[] Lines(string text)
    {
        text = Break().Replace(text, "\n");
        text = Colors().Replace(text, string.Empty);
        text = Tag().Replace(text, string.Empty);
        text = text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
        for (var i = 0; i < MostEscapes && Escape().IsMatch(text); i++)
        {
            text = Escape().Replace(text, Unescape);
        }

        return [.. text.Split('\n').Select(Ascii)];
    }

    /// <summary>Whether a character can be part of a compact line.</summary>
    public static bool IsOfRecord(char c) => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '_' or '-' or '/' or '+' or '%' or '~' or '(' or ')' or ',' or ':' or ';' or '=';

    private static string Ascii(string line)
    {
        var text = new StringBuilder(line.Length);
        foreach (var c in line)
        {
            // Word processors make dashes of hyphens; other characters of theirs have no counterpart in a compact line. What has no width is nothing.
            text.Append(c switch
            {
                _ when char.IsAscii(c) => char.IsControl(c) ? ' ' : c,
                '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' => '-',
                '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u00AD' => '\0',
                _ when char.IsWhiteSpace(c) => ' ',
                _ => '|',
            });
        }

        return text.Replace("\0", string.Empty).ToString();
    }

    private static string Unescape(Match match) => match.Value[1] switch
    {
        'u' => ((char)int.Parse(match.Value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
        'n' or 'r' => "\n",
        't' => " ",
        _ => match.Value[1..],
    };

    [GeneratedRegex(@"<br\s*/?>|\r\n?|</(?:p|div|tr|li|pre)>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex(@"\x1B\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Colors();

    [GeneratedRegex("</?[A-Za-z][^<>\n]{0,200}>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\\(?:u[0-9A-Fa-f]{4}|[nrt""\\/])")]
    private static partial Regex Escape();
}
