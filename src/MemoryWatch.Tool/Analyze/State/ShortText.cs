using System.Text;

namespace MemoryWatch.Tool.Analyze;

/// <summary>A short text in bytes whose room is used again: operations come and go by the million, and few of them are ever shown.</summary>
internal struct ShortText
{
    private const int Most = 256;
    private const int MostLine = 1024;

    private byte[]? _bytes;
    private int _length;
    private bool _isCut;

    /// <summary>Keeps the beginning of a text.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        _bytes ??= new byte[32];
        _isCut = text.Length > Most;
        text = _isCut ? text[..Most] : text;
        if (_bytes.Length < text.Length)
            _bytes = new byte[Most];
        text.CopyTo(_bytes);
        _length = text.Length;
    }

    /// <summary>The text, safe to be shown.</summary>
    public override readonly string ToString() => Show(_bytes.AsSpan(0, _length)) + (_isCut ? "…" : string.Empty);

    /// <summary>A text from a log, safe to be shown on a terminal.</summary>
    public static string Show(ReadOnlySpan<byte> text) => SafeText.Context(Encoding.UTF8.GetString(text.Length > Most ? text[..Most] : text));

    /// <summary>A line from a log, safe to be shown on a terminal; longer than a name.</summary>
    public static string ShowLine(ReadOnlySpan<byte> text) => SafeText.Clean(Encoding.UTF8.GetString(text.Length > 4 * MostLine ? text[..(4 * MostLine)] : text), MostLine);

    /// <summary>A number by which equal texts are found.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text, ulong seed = 14695981039346656037)
    {
        foreach (var b in text)
            seed = (seed ^ b) * 1099511628211;
        return seed;
    }
}
