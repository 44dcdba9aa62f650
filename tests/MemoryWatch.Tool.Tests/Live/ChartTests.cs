using MemoryWatch.Tool.Live;

namespace MemoryWatch.Tool.Tests.Live;

public sealed class ChartTests
{
    private const long MB = 1024 * 1024;

    [Fact]
    public void The_newest_is_on_the_right_and_a_rise_is_seen()
    {
        var lines = Chart.Draw([0, 50 * MB, 100 * MB, 200 * MB], limit: null, width: 20, height: 4, isUnicode: true);

        lines.Should().Equal(
            "  220.0 MB ┤       ▅",
            "           ┤       █",
            "  110.0 MB ┤      ▇█",
            "           ┤     ▇██");
    }

    [Fact]
    public void The_limit_is_in_the_picture_if_memory_is_near_it()
    {
        Chart.Draw([300 * MB], limit: 512 * MB, width: 20, height: 4, isUnicode: true)[0].Should().StartWith("  512.0 MB");
        Chart.Draw([30 * MB], limit: 512 * MB, width: 20, height: 4, isUnicode: true)[0].Should().StartWith("   33.0 MB");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_line_is_wider_than_the_terminal_whatever_the_points(bool isUnicode)
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var points = Enumerable.Range(0, random.Next(1, 700)).Select(_ => random.Next(4) == 0 ? (long?)null : random.NextInt64(long.MaxValue / 4)).ToArray();
            var width = random.Next(1, 200);

            var lines = Chart.Draw(points, random.Next(2) == 0 ? null : random.NextInt64(long.MaxValue / 4), width, 8, isUnicode);

            lines.Should().HaveCount(8).And.OnlyContain(line => isUnicode || line.All(char.IsAscii));
        }
    }

    [Fact]
    public void The_axis_says_how_far_back_the_columns_go()
    {
        Chart.Axis(TimeSpan.FromSeconds(59), points: 60, width: 92).Should().Be(new string(' ', 32) + "-59 s" + new string(' ', 52) + "now");
        Chart.Axis(TimeSpan.FromSeconds(2), points: 3, width: 92).Should().EndWith("now").And.HaveLength(92);
    }
}
