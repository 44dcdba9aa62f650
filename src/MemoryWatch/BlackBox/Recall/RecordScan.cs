using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>Reads from a file at an offset.</summary>
/// <returns>The number of bytes read.</returns>
internal delegate int ReadAt(Span<byte> buffer, long offset);

/// <summary>
/// Finds the sound records of a file, 32 at a time, so that reading a file takes little memory. Invalid content only means fewer records found.
/// Records that were written but are not sound are counted.
/// </summary>
internal sealed class RecordScan(ReadAt read, long length, uint run)
{
    private const int RecordsAtATime = 32;

    private readonly byte[] _buffer = new byte[RecordsAtATime * BoxFormat.RecordSize];

    public delegate void Visitor(ReadOnlySpan<byte> record, long offset);

    public int Damaged { get; private set; }

    /// <summary>Calls <paramref name="visit"/> for each sound record of a part of the file.</summary>
    /// <param name="offset">Offset of the part.</param>
    /// <param name="count">Number of records that the part should have; records beyond the end of the file count as damaged.</param>
    /// <param name="visit">Receives the records.</param>
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

    /// <summary>Counts a record as damaged that is sound but has invalid content.</summary>
    public void Reject() => Damaged++;

    private void Visit(ReadOnlySpan<byte> record, long offset, Visitor visit)
    {
        // This place has never been written.
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
