using System.Buffers.Binary;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>Whatever state a file is in, what is whole in it is read, and the rest is counted or named.</summary>
public sealed class RecordingReaderTests
{
    private readonly BoxBench _bench = new(metrics: [new MetricDefinition("Sessions"), new MetricDefinition("Queue")]);

    private Span<byte> Page => _bench.File.Bytes.AsSpan(0, BoxFormat.HeaderSize);

    [Fact]
    public void A_damaged_record_is_left_out_and_counted_and_the_rest_stays()
    {
        for (var i = 0; i < 5; i++)
        {
            _bench.Mark($"Mark {i}");
        }

        Operation(2)[100] ^= 1;
        Operation(3)[..100].Clear();

        var recording = _bench.Read();
        recording.Entries.Select(e => e.Name).Should().Equal("Mark 0", "Mark 1", "Mark 4");
        recording.DamagedRecords.Should().Be(2);
    }

    [Fact]
    public void A_record_of_another_run_is_damage()
    {
        _bench.Mark("Ours");
        _bench.Mark("Theirs");
        RecordFields.Seal(Operation(1), _bench.Header.Identity.Tag + 1, 2);

        _bench.Read().Should().Match<RunRecording>(r => r.Entries.Count == 1 && r.DamagedRecords == 1);
    }

    [Fact]
    public void A_kind_of_a_later_version_is_passed_over()
    {
        _bench.Mark("Known");
        _bench.Mark("Unknown");
        Operation(1)[RecordFields.KindOffset] = 99;
        RecordFields.Seal(Operation(1), _bench.Header.Identity.Tag, 2);

        _bench.Read().Should().Match<RunRecording>(r => r.Entries.Count == 1 && r.DamagedRecords == 0 && r.LastSequence == 2);
    }

    [Fact]
    public void Lengths_that_cannot_be_are_damage_however_right_the_checksum_is()
    {
        _bench.Mark("Fine");
        _bench.Mark("Too long");
        BinaryPrimitives.WriteUInt16LittleEndian(Operation(1)[EntryRecord.NameLengthOffset..], ushort.MaxValue);
        RecordFields.Seal(Operation(1), _bench.Header.Identity.Tag, 2);

        _bench.Read().Should().Match<RunRecording>(r => r.Entries.Count == 1 && r.DamagedRecords == 1);
    }

    [Fact]
    public void A_definition_that_is_damaged_leaves_the_numbers()
    {
        _bench.Recorder.OnSnapshot(_bench.Snapshot().With(metrics: new(_bench.Metrics, [3, 7])));
        _bench.File.Bytes[BoxFormat.DefinitionsOffset + 60] ^= 1;

        var metrics = _bench.Read().LastSample!.Snapshot.Metrics;

        metrics["Metric 1"].Should().Be(3);
        metrics["Queue"].Should().Be(7);
    }

    [Fact]
    public void Texts_of_others_are_made_safe()
    {
        _bench.Mark("Name");
        var text = Operation(0)[EntryRecord.TextOffset..];
        text[0] = (byte)'\n';
        text[1] = 0xFF;
        RecordFields.Seal(Operation(0), _bench.Header.Identity.Tag, 1);

        _bench.Read().Entries.Single().Name.Should().Be("\\n\uFFFDme");
    }

    [Theory]
    [InlineData(64 * 1024 - 1, 1)]
    [InlineData(64 * 1024 - 5 * 512, 5)]
    [InlineData(24 * 1024, 80)]
    [InlineData(4096, 120)]
    public void A_file_that_was_cut_off_is_read_as_far_as_it_goes(int length, int damaged)
    {
        _bench.Mark("Early");

        var recording = RecordingReader.Read(
            (buffer, offset) => MemoryBoxFile.ReadFrom(_bench.File.Bytes.AsSpan(0, length), buffer, offset), length, out _);

        recording!.DamagedRecords.Should().Be(damaged);
        recording.Entries.Should().HaveCount(length > 60_000 ? 1 : 0);
    }

    [Fact]
    public void A_file_without_records_says_when_its_run_began()
    {
        var recording = _bench.Read();

        recording.LastTime.Should().Be(_bench.Header.Identity.Started);
        recording.LastSample.Should().BeNull();
    }

    [Fact]
    public void What_is_no_black_box_is_told_from_one_of_another_version_and_from_a_damaged_one()
    {
        Problem([]).Should().Be("it is empty");
        Problem(new byte[100_000]).Should().Be("it is no black box");
        Problem("not a black box at all"u8.ToArray()).Should().Be("it is no black box");
        Problem(_bench.File.Bytes[..4000]).Should().Be("it is no black box");

        Page[BoxHeader.ProcessIdOffset] ^= 1;
        Problem(_bench.File.Bytes).Should().Be("its header is damaged");

        BinaryPrimitives.WriteUInt16LittleEndian(Page[BoxHeader.VersionOffset..], 7);
        Problem(_bench.File.Bytes).Should().Be("it is of version 7, and this one reads version 1");
    }

    [Fact]
    public void Random_bytes_are_no_black_box()
    {
        var random = new Random(1);
        var bytes = new byte[BoxFormat.SmallestSize];
        random.NextBytes(bytes);

        Problem(bytes).Should().Be("it is no black box");
        BoxHeader.Magic.CopyTo(bytes);
        Problem(bytes).Should().StartWith("it is of version ");
    }

    private static string Problem(byte[] file)
    {
        RecordingReader.Read((buffer, offset) => MemoryBoxFile.ReadFrom(file, buffer, offset), file.Length, out var problem).Should().BeNull();
        return problem;
    }

    private Span<byte> Operation(int place) => _bench.File.Bytes.AsSpan(
        (int)_bench.Header.OperationRingOffset + place * BoxFormat.RecordSize, BoxFormat.RecordSize);
}
