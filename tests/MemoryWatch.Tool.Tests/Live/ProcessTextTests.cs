using System.Text;
using MemoryWatch.Tool.Live;

namespace MemoryWatch.Tool.Tests.Live;

/// <summary>What the kernel writes about a process.</summary>
public sealed class ProcessTextTests
{
    private const string Stat = "4711 (a) b) S 12 4711 12 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 1 0 987654 1000 200\n";

    private const string Smaps =
        """
        55df0a974000-55df0a976000 r--p 00000000 fe:00 247270                     /usr/bin/dotnet
        Size:                  8 kB
        Rss:                   8 kB
        VmFlags: rd mr mw me 
        55df0b000000-55df0b100000 rw-p 00000000 00:00 0                          [heap]
        Rss:                1024 kB
        7f0000000000-7f0000100000 rw-p 00000000 00:00 0 
        Rss:                 512 kB
        7f0000100000-7f0000200000 rw-p 00000000 00:00 0 
        Rss:                 256 kB
        7f0000200000-7f0000300000 r--p 00002000 fe:00 247270                     /usr/bin/dotnet
        Rss:                   4 kB
        7f0000300000-7f0000400000 r--p 00002000 fe:00 24                         /data/a file (deleted)
        Rss:                   4 kB

        """;

    [Fact]
    public void A_name_with_parentheses_does_not_shift_the_numbers() =>
        ProcessStat.Parse(Encoding.UTF8.GetBytes(Stat)).Should().Be(new ProcessStat('S', 12, 300, 987654));

    [Theory]
    [InlineData("")]
    [InlineData("4711 (a")]
    [InlineData("4711 (a) S 12")]
    [InlineData("4711 (a) S 12 4711 12 0 -1 4194560 100 0 0 0 x 50 0 0 20 0 1 0 987654 1000 200\n")]
    public void Other_text_is_no_process(string text) => ProcessStat.Parse(Encoding.UTF8.GetBytes(text)).Should().BeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Mappings_are_summed_by_name_whatever_pieces_the_text_comes_in(int size)
    {
        var sizes = new MappingSizes();
        foreach (var piece in Encoding.UTF8.GetBytes(Smaps).Chunk(size))
        {
            sizes.Add(piece);
        }

        sizes.Bytes.Should().BeEquivalentTo(new Dictionary<string, long>
        {
            ["/usr/bin/dotnet"] = 12 * 1024, ["[heap]"] = 1024 * 1024, ["[anon]"] = 768 * 1024, ["/data/a file (deleted)"] = 4 * 1024,
        });
    }

    [Fact]
    public void The_number_of_names_is_bounded()
    {
        var sizes = new MappingSizes();
        for (var i = 0; i < 5000; i++)
        {
            sizes.Add(Encoding.UTF8.GetBytes($"{i + 1:x}000-{i + 2:x}000 r--p 0 0:0 1 /f{i}\nRss: 1 kB\n"));
        }

        sizes.Bytes.Should().HaveCount(1001);
        sizes.Bytes.Values.Sum().Should().Be(5000 * 1024);
    }

    [Fact]
    public void Junk_never_throws()
    {
        var random = new Random(5);
        for (var i = 0; i < 3000; i++)
        {
            var text = Encoding.UTF8.GetBytes(i % 2 == 0 ? Stat : Smaps)[..random.Next(Stat.Length)];
            for (var changes = random.Next(6); changes > 0 && text.Length > 0; changes--)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }

            _ = ProcessStat.Parse(text);
            var sizes = new MappingSizes();
            sizes.Add(text);
            sizes.Bytes.Values.Should().NotContain(bytes => bytes < 0);
        }
    }
}
