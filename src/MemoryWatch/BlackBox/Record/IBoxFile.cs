namespace MemoryWatch.BlackBox.Record;

/// <summary>The file that records are written to. It is an interface so that tests can use a file that is slow or full.</summary>
internal interface IBoxFile : IDisposable
{
    /// <summary>Performs one positional write. Every failure throws an exception.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);
}
