using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Reads from a file at a place.</summary>
/// <returns>How many bytes there were.</returns>
internal delegate int ReadAt(Span<byte> buffer, long offset);

/// <summary>
/// Finds the sound records of a file, some at a time, so that reading one takes no memory to speak of. Whatever the file holds, it only
/// finds fewer; what was written there and is not sound is counted.
/// </summary>
internal sealed class RecordScan(ReadAt read, long length, uint run)
{
    private const int RecordsAtATime = 32;

    private readonly byte[] _buffer = new byte[RecordsAtATime * BoxFormat.RecordSize];

    public delegate void Visitor(ReadOnlySpan<byte> record, long offset);

    public int Damaged { get; private set; }

    /// <summary>Shows each sound record of a part of the file.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">How many records it should have; those that the file is too short for are damaged.</param>
    /// <param name="visit">Is shown them.</param>
    public void Visit(long offset, int count, Visitor visit)
    {
        var there = (int)Math.Clamp((length - offset) / BoxFormat.RecordSize, 0, count);
        Damaged += count - there;
        while (there > 0)
        {
            var wanted = Math.Min(there, RecordsAtATime);
            var records = Fill(offset, wanted);
            for (var i = 0; i < records; i++)
            {
                Visit(_buffer.AsSpan(i * BoxFormat.RecordSize, BoxFormat.RecordSize), offset + (long)i * BoxFormat.RecordSize, visit);
            }

            Damaged += wanted - records;
            offset += (long)wanted * BoxFormat.RecordSize;
            there -= wanted;
        }
    }

    /// <summary>Counts a record that was sound but for what is in it.</summary>
    public void Reject() => Damaged++;

    private void Visit(ReadOnlySpan<byte> record, long offset, Visitor visit)
    {
        // Nothing was written here yet.
        if (!record.ContainsAnyExcept((byte)0))
        {
            return;
        }

        if (RecordFields.IsSound(record, run))
        {
            visit(record, offset);
        }
        else
        {
            Damaged++;
        }
    }

    private int Fill(long offset, int records)
    {
        var buffer = _buffer.AsSpan(0, records * BoxFormat.RecordSize);
        var filled = 0;
        while (filled < buffer.Length && read(buffer[filled..], offset + filled) is var got and > 0)
        {
            filled += got;
        }

        return filled / BoxFormat.RecordSize;
    }
}
