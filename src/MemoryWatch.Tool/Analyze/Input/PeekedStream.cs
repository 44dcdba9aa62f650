namespace MemoryWatch.Tool.Analyze;

/// <summary>A stream whose beginning was read ahead, because a pipe cannot be rewound.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _inner;
    private readonly byte[] _peeked;
    private readonly int _length;
    private int _at;

    public PeekedStream(Stream inner, int bytes)
    {
        (_inner, _peeked) = (inner, new byte[bytes]);
        _length = inner.ReadAtLeast(_peeked, bytes, throwOnEndOfStream: false);
    }

    /// <summary>The beginning.</summary>
    public ReadOnlySpan<byte> Peeked => _peeked.AsSpan(0, _length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length)
            return _inner.Read(buffer);

        var count = Math.Min(buffer.Length, _length - _at);
        _peeked.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
