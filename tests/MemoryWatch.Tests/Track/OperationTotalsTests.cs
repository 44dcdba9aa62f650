using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public sealed class OperationTotalsTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public void Operations_add_up_by_their_name()
    {
        for (var seconds = 1; seconds <= 100; seconds++)
        {
            _bench.Reader.ResidentMegabytes = 100;
            using var scope = _bench.Track("Download", $"User {seconds}");
            _bench.Time.Advance(TimeSpan.FromSeconds(seconds));
            _bench.Reader.ResidentMegabytes = 100 + (seconds % 4);
            if (seconds % 10 == 0)
            {
                scope.Fail(seconds % 20 == 0 ? new OperationCanceledException() : new IOException());
            }
        }

        var totals = _bench.TotalsByName.Should().ContainSingle().Subject;
        totals.Name.Should().Be("Download");
        (totals.Count, totals.Failures, totals.Cancellations).Should().Be((100, 5, 5));
        totals.DurationP50.Should().BeCloseTo(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(3.5));
        totals.DurationP95.Should().BeCloseTo(TimeSpan.FromSeconds(95), TimeSpan.FromSeconds(6.7));
        totals.DurationMax.Should().Be(TimeSpan.FromSeconds(100));
        totals.ChangeMeanBytes.Should().Be((3L << 20) / 2);
        totals.ChangeMaxBytes.Should().Be(3 << 20);
    }

    [Fact]
    public void What_they_allocated_is_told_as_mean_percentile_and_sum()
    {
        for (var i = 1; i <= 20; i++)
        {
            using var scope = _bench.Track("Download");
            Allocate.Megabytes(i == 20 ? 21 : 1);
        }

        var totals = _bench.TotalsByName.Single();
        totals.AllocatedTotalBytes.Should().BeInRange(40 << 20, 41 << 20);
        totals.AllocatedMeanBytes.Should().BeInRange(2 << 20, (2 << 20) + 50_000);
        totals.AllocatedP95Bytes.Should().BeInRange(975_000, 1_130_000);
    }

    [Fact]
    public void A_percentile_is_never_above_the_longest()
    {
        using (_bench.Track("Download"))
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(1000.1));
        }

        _bench.TotalsByName.Single().DurationP95.Should().BeLessThanOrEqualTo(TimeSpan.FromMilliseconds(1000.1));
    }

    [Fact]
    public void Where_memory_could_not_be_read_its_change_is_absent()
    {
        _bench.Reader.Resident = null;

        _bench.Track("Download").Dispose();

        _bench.TotalsByName.Single().Should().Match<OperationTotals>(t => t.ChangeMeanBytes == null && t.ChangeMaxBytes == null);
    }

    [Fact]
    public void Names_beyond_the_bound_add_up_as_one()
    {
        for (var i = 0; i < BoundedNames.Most + 36; i++)
        {
            _bench.Track($"Operation {i}").Dispose();
        }

        _bench.TotalsByName.Should().HaveCount(BoundedNames.Most + 1);
        _bench.TotalsByName.Single(t => t.Name == BoundedNames.Other).Count.Should().Be(36);
        _bench.TotalsByName.Where(t => t.Name != BoundedNames.Other).Should().OnlyContain(t => t.Count == 1);
    }

    [Fact]
    public void An_operation_that_is_itself_named_like_the_rest_is_counted_there()
    {
        _bench.Track(BoundedNames.Other).Dispose();

        _bench.TotalsByName.Should().ContainSingle(t => t.Name == BoundedNames.Other && t.Count == 1);
    }

    [Fact]
    public void Those_that_allocated_most_come_first()
    {
        _bench.Track("Nothing").Dispose();
        using (_bench.Track("Much"))
        {
            Allocate.Megabytes(4);
        }

        using (_bench.Track("Some"))
        {
            Allocate.Megabytes(1);
        }

        _bench.TotalsByName.Select(t => t.Name).Should().Equal("Much", "Some", "Nothing");
    }

    [Fact]
    public void Counting_from_many_threads_loses_nothing()
    {
        Parallel.For(0, 4000, i => _bench.Tracker.Start($"Name {i % 4}", default).Dispose());

        _bench.TotalsByName.Should().HaveCount(4).And.OnlyContain(t => t.Count == 1000);
    }
}
