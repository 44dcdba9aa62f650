namespace MemoryWatch.BlackBox.Record;

/// <summary>The file that records go to. A seam: a real file in production, one that is slow or full in tests.</summary>
internal interface IBoxFile : IDisposable
{
    /// <summary>One positional write. Whatever goes wrong is an exception.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);
}
