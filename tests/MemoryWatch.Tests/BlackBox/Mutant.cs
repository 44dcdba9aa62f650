using System.Buffers.Binary;
using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>A file that is changed at random, and back again.</summary>
internal sealed class Mutant(BoxBench bench, Random random)
{
    private readonly byte[] _sound = bench.File.Bytes;
    private readonly byte[] _bytes = [.. bench.File.Bytes];
    private readonly List<(int Offset, int Length)> _changes = [];
    private readonly uint _run = bench.Header.Identity.Tag;

    /// <summary>How long it says that it is, which may be too much or too little.</summary>
    public long Length { get; private set; }

    public int Read(Span<byte> buffer, long offset) =>
        MemoryBoxFile.ReadFrom(_bytes.AsSpan(0, (int)Math.Min(Length, _bytes.Length)), buffer, offset);

    public void Change()
    {
        Length = random.Next(50) switch
        {
            0 => random.Next(_bytes.Length),
            1 => _bytes.Length + random.Next(1 << 20),
            _ => _bytes.Length,
        };
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            switch (random.Next(12))
            {
                case 0:
                    Disturb(Part(random.Next(_bytes.Length), random.Next(1, 2000)));
                    break;
                case 1:
                    ChangeHeader();
                    break;
                case 2:
                    // A record that is whole, in a place that is not its own.
                    _bytes.AsSpan(RandomRecord(), BoxFormat.RecordSize).CopyTo(Part(RandomRecord(), BoxFormat.RecordSize));
                    break;
                case 3:
                    random.NextBytes(Body(RandomRecord(), seal: true));
                    break;
                default:
                    Disturb(Body(RandomRecord(), seal: false));
                    break;
            }
        }

        foreach (var offset in _toSeal)
        {
            var record = _bytes.AsSpan(offset, BoxFormat.RecordSize);
            BinaryPrimitives.WriteUInt32LittleEndian(record[RecordFields.RunOffset..], _run);
            BinaryPrimitives.WriteUInt32LittleEndian(record, MemoryWatch.BlackBox.Format.Checksum.Of(record[RecordFields.RunOffset..]));
        }

        _toSeal.Clear();
    }

    public void Restore()
    {
        foreach (var (offset, length) in _changes)
        {
            _sound.AsSpan(offset, length).CopyTo(_bytes.AsSpan(offset));
        }

        _changes.Clear();
    }

    private readonly List<int> _toSeal = [];

    private Span<byte> Body(int offset, bool seal)
    {
        if (seal || random.Next(5) > 0)
        {
            _toSeal.Add(offset);
        }

        return Part(offset, BoxFormat.RecordSize)[RecordFields.SequenceOffset..];
    }

    private Span<byte> Part(int offset, int length)
    {
        length = Math.Min(length, _bytes.Length - offset);
        _changes.Add((offset, length));
        return _bytes.AsSpan(offset, length);
    }

    private int RandomRecord() => BoxFormat.EndMarksOffset
        + random.Next((_bytes.Length - BoxFormat.EndMarksOffset) / BoxFormat.RecordSize) * BoxFormat.RecordSize;

    private void ChangeHeader()
    {
        var page = Part(0, BoxFormat.HeaderSize);
        Disturb(page[BoxHeader.RecordSizeOffset..BoxHeader.BootClockOffset]);
        if (random.Next(4) > 0)
        {
            // The run's own number stays, or every record would be another's.
            _sound.AsSpan(BoxHeader.RunIdOffset, 16).CopyTo(page[BoxHeader.RunIdOffset..]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(
            page[BoxHeader.HeaderChecksumOffset..], MemoryWatch.BlackBox.Format.Checksum.Of(page[BoxHeader.VersionOffset..]));
    }

    /// <summary>Single bits, whole numbers at their extremes, and bytes of any value.</summary>
    private void Disturb(Span<byte> part)
    {
        for (var times = random.Next(1, 9); times > 0; times--)
        {
            var at = random.Next(part.Length);
            var number = part.Slice(at, Math.Min(8, part.Length - at));
            switch (random.Next(5))
            {
                case 0:
                    part[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    number.Fill(0xFF);
                    break;
                case 2:
                    number.Clear();
                    break;
                case 3:
                    number.Fill(0xFF);
                    number[^1] = 0x7F;
                    break;
                default:
                    part[at] = (byte)random.Next(256);
                    break;
            }
        }
    }
}
