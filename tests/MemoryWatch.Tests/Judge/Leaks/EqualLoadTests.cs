using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Leaks;

public sealed class EqualLoadTests
{
    private readonly EqualLoad _equal = new();

    [Fact]
    public void Only_moments_of_the_same_load_are_compared()
    {
        // Load takes 10 a session; nothing else grows.
        Add(seconds => (seconds / 500, 100 + (10 * (seconds / 500))));
        Add(seconds => (3 - (seconds / 500), 100 + (10 * (3 - (seconds / 500)))), from: 2000);

        _equal.Slope(100)!.Value.Value.Should().Be(0);
    }

    [Fact]
    public void What_grows_between_them_is_not_load()
    {
        Add(seconds => (seconds / 100 % 3, 100 + (10 * (seconds / 100 % 3)) + seconds));

        var slope = _equal.Slope(100)!.Value;
        slope.Value.Should().BeApproximately(1, 0.05);
        slope.Low.Should().BePositive();
    }

    [Fact]
    public void Few_moments_tell_nothing()
    {
        Add(seconds => (seconds, seconds));

        _equal.Slope(10).Should().BeNull();
    }

    [Fact]
    public void A_load_that_never_returns_allocates_nothing()
    {
        double[] metrics = [0];
        Never(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Never(1000);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100);

        void Never(int count)
        {
            for (var i = 0; i < count; i++)
            {
                metrics[0] = i;
                _equal.Add(i, i, metrics);
            }
        }
    }

    private void Add(Func<int, (int Sessions, double Bytes)> at, int from = 0)
    {
        for (var seconds = 0; seconds < 2000; seconds++)
        {
            var (sessions, bytes) = at(seconds);
            _equal.Add(from + seconds, bytes, [sessions]);
        }
    }
}
