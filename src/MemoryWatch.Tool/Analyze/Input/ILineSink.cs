namespace MemoryWatch.Tool.Analyze;

/// <summary>Receives the lines that may be of this library.</summary>
internal interface ILineSink
{
    /// <summary>Whether the next line is wanted, whatever it contains: it may be the rest of the one before.</summary>
    bool WantsNext { get; }

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="number">Its number in the file, from 1.</param>
    void Take(ReadOnlyMemory<byte> line, long number);

    /// <summary>Learns of a line that is too long to be kept.</summary>
    void Overlong(long number);
}
