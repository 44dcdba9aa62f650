using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge;

public class SlidingMinimumTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private readonly SlidingMinimum _minimum = new();

    [Fact]
    public void Nothing_has_no_lowest()
    {
        _minimum.Lowest(TimeSpan.Zero, Window).Should().BeNull();
        _minimum.Add(TimeSpan.Zero, Window, 5);
        _minimum.Clear();
        _minimum.Lowest(TimeSpan.Zero, Window).Should().BeNull();
    }

    [Fact]
    public void A_value_leaves_with_the_window()
    {
        _minimum.Add(TimeSpan.Zero, Window, 5);
        _minimum.Add(TimeSpan.FromSeconds(30), Window, 8);

        _minimum.Lowest(TimeSpan.FromSeconds(59), Window).Should().Be(5);
        _minimum.Lowest(TimeSpan.FromSeconds(60), Window).Should().Be(8);
        _minimum.Lowest(TimeSpan.FromSeconds(90), Window).Should().BeNull();
    }

    [Fact]
    public void Time_that_was_long_leaves_nothing_behind()
    {
        _minimum.Add(TimeSpan.Zero, Window, 5);
        _minimum.Add(TimeSpan.FromDays(400), Window, 8);

        _minimum.Lowest(TimeSpan.FromDays(400), Window).Should().Be(8);
    }

    [Theory]
    [InlineData(60_000, 1)]
    [InlineData(60_000, 2)]
    [InlineData(7_000, 3)]
    [InlineData(1_000, 4)]
    public void It_is_that_of_a_naive_window_to_one_slice_of_it(int windowMilliseconds, int seed)
    {
        var random = new Random(seed);
        var window = TimeSpan.FromMilliseconds(windowMilliseconds);
        var slice = window / 60;
        var all = new List<(TimeSpan At, long Value)>();
        var now = TimeSpan.Zero;
        for (var i = 0; i < 5_000; i++)
        {
            now += window * (random.Next(50) == 0 ? random.NextDouble() * 2 : random.NextDouble() / 40);
            var value = random.NextInt64(0, 1_000);
            _minimum.Add(now, window, value);
            all.Add((now, value));

            // Values surely inside count, values surely outside do not; those within one slice of the edge may.
            var lowest = _minimum.Lowest(now, window)!.Value;
            all.RemoveAll(v => v.At < now - window - slice);
            var wider = all.Where(v => v.At > now - window).Min(v => v.Value);
            var narrower = all.Where(v => v.At > now - window + slice).Min(v => v.Value);
            (lowest >= wider && lowest <= narrower).Should().BeTrue($"{lowest} should be within {wider} and {narrower} at {now}");
        }
    }
}
