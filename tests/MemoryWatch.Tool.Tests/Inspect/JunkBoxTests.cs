using MemoryWatch.BlackBox.Format;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Inspect;

/// <summary>Whatever a file holds, the command ends with an answer or a reason.</summary>
public sealed class JunkBoxTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Records_with_any_content_and_a_right_checksum_are_shown_or_left_out(bool asJson)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var run = await CommandRun.Of(["inspect", _folder.File("junk.blackbox", Junk(seed)), .. asJson ? (string[])["--json"] : []]);

            run.ExitCode.Should().BeInRange(0, 1, "seed {0}: {1}", seed, run.Error);
            run.Output.Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task Text_of_any_kind_is_read_or_refused()
    {
        var random = new Random(4711);
        for (var i = 0; i < 60; i++)
        {
            var text = CompactLine.Critical.ToCharArray();
            for (var change = 0; change < 1 + i % 20; change++)
            {
                text[random.Next(text.Length)] = (char)random.Next(1, i % 2 == 0 ? 128 : 0x3000);
            }

            (await CommandRun.Of(new CommandRun.Setup { InputText = new(text) }, "inspect", "-")).ExitCode.Should().BeInRange(1, 2);
        }
    }

    private static byte[] Junk(int seed)
    {
        var (box, random) = (TestBox.OfAKilledDownloader(), new Random(seed));
        for (var offset = BoxFormat.EndMarksOffset; offset < box.Bytes.Length; offset += BoxFormat.RecordSize)
        {
            var record = box.Bytes.AsSpan(offset, BoxFormat.RecordSize);
            if (record.ContainsAnyExcept((byte)0) && random.Next(4) == 0)
            {
                for (var change = random.Next(1, 30); change > 0; change--)
                {
                    record[random.Next(record.Length)] = (byte)random.Next(256);
                }

                RecordFields.Seal(record, box.Header.Identity.Tag, RecordFields.Sequence(record));
            }
        }

        return box.Bytes;
    }
}
