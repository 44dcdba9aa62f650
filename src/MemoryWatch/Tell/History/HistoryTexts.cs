using System.Text;
using System.Text.Unicode;

namespace MemoryWatch.Tell;

/// <summary>
/// Short texts in fixed places of one array, in UTF-8: they keep no string alive and leave no garbage. A text that does not fit is cut at a whole
/// character. One thread writes.
/// </summary>
internal sealed class HistoryTexts(int places, int size)
{
    private readonly byte[] _bytes = new byte[places * size];
    private readonly byte[] _lengths = new byte[places];

    public void Put(int place, string? text)
    {
        Utf8.FromUtf16(text, _bytes.AsSpan(place * size, size), out _, out var written);
        _lengths[place] = (byte)written;
    }

    public string this[int place] => Encoding.UTF8.GetString(_bytes, place * size, _lengths[place]);
}
