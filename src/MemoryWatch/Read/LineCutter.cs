namespace MemoryWatch.Read;

/// <summary>Cuts text that comes in pieces of any length into lines. A line that is longer than allowed is passed on empty.</summary>
/// <param name="longest">Length of the longest line, in bytes.</param>
/// <param name="take">Receives each line, without its end.</param>
internal sealed class LineCutter(int longest, LineCutter.Line take)
{
    private readonly byte[] _line = new byte[longest];
    private int _length;
    private bool _isTooLong;

    public delegate void Line(ReadOnlySpan<byte> line);

    public void Add(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            var end = piece.IndexOf((byte)'\n');
            var part = end < 0 ? piece : piece[..end];
            piece = end < 0 ? default : piece[(end + 1)..];
            _isTooLong |= _length + part.Length > longest;
            if (!_isTooLong)
            {
                part.CopyTo(_line.AsSpan(_length));
                _length += part.Length;
            }

            if (end >= 0)
            {
                take(_isTooLong ? default : _line.AsSpan(0, _length));
                (_length, _isTooLong) = (0, false);
            }
        }
    }
}
