using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>How far back causes are told, and what remembering costs.</summary>
public sealed class HistoryTests
{
    private readonly DiagnosisBench _bench = new();

    [Fact]
    public void The_window_begins_where_the_growth_did()
    {
        _bench.Tick();
        _bench.Run("Before", 30);
        _bench.Allocated += 30;
        _bench.Tick(seconds: 30);
        _bench.Grow(managed: 0.2);
        _bench.Tick(seconds: 10);
        _bench.Run("Download", 60);
        _bench.Grow(managed: 60);
        _bench.Tick(seconds: 4);

        var cause = _bench.Explain()!;
        cause.Window.Should().Be(TimeSpan.FromSeconds(4));
        cause.Operations.Select(o => o.Name).Should().Equal("Download");
    }

    [Fact]
    public void The_lowest_reading_between_two_that_are_kept_is_where_growth_begins()
    {
        _bench.Tick();
        _bench.Grow(native: 100);
        _bench.Tick(seconds: 60);
        _bench.Grow(native: -100);
        _bench.Tick(seconds: 0.5);
        _bench.Grow(native: 55);
        _bench.Tick(seconds: 0.5);

        _bench.Explain()!.RiseBytes.Should().Be(Bytes.Megabytes(55));
    }

    [Fact]
    public void What_happened_long_ago_is_forgotten_and_sums_stay_right()
    {
        var idle = Enumerable.Range(0, 20).Select(_ => _bench.TrackApart("Session")).ToList();
        for (var i = 0; i < 100; i++)
        {
            idle.ForEach(s => DiagnosisBench.AllocateFor(s, 0.1));
            _bench.Run("Poll", 0.5);
            _bench.Allocated += 2.5;
            _bench.Tick(seconds: 2);
            if (i % 20 == 10)
            {
                idle[0].Dispose();
                idle[0] = _bench.TrackApart("Session");
            }
        }

        _bench.Run("Download", 20);
        idle.ForEach(s => s.Dispose());
        _bench.Grow(managed: 20);

        var cause = _bench.Explain()!;
        cause.Operations.Select(o => o.Name).Should().Equal("Download");
        ShouldBe(cause.Operations[0].AllocatedBytes, 20);
        cause.UnattributedBytes.Should().BeLessThan(Bytes.Megabytes(0.5));
    }

    [Fact]
    public void A_thousand_in_flight_keep_their_own_numbers()
    {
        var scopes = Enumerable.Range(0, 1000).Select(i => _bench.TrackApart("Socket", $"User {i}")).ToList();
        scopes.ForEach(s => DiagnosisBench.AllocateFor(s, 0.1));
        _bench.Tick();
        DiagnosisBench.AllocateFor(scopes[777], 30);
        _bench.Grow(managed: 30);

        var cause = _bench.Explain()!;
        cause.Operations.Select(o => o.Context.Text).Should().Equal("User 777");
        ShouldBe(cause.Operations[0].AllocatedBytes, 30);
        cause.InFlightCount.Should().Be(1000);
        scopes.ForEach(s => s.Dispose());
    }

    [Fact]
    public void Keeping_readings_allocates_nothing_while_operations_come_and_go()
    {
        var scopes = Enumerable.Range(0, 100).Select(_ => _bench.TrackApart("Socket")).ToList();
        SpinWait.SpinUntil(() => Measure() == 0, TimeSpan.FromSeconds(20)).Should().BeTrue("a hundred readings allocated {0} B", Measure());
        scopes.ForEach(s => s.Dispose());

        long Measure()
        {
            var sum = 0L;
            for (var i = 0; i < 100; i++)
            {
                _bench.Track("Request").Dispose();
                _bench.Operations.Time.Advance(TimeSpan.FromSeconds(2));
                var snapshot = _bench.Read();
                var before = GC.GetAllocatedBytesForCurrentThread();
                _bench.CauseFinder.Keep(snapshot, MemoryWatchDefaults.SpikeWindow);
                sum += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            return sum;
        }
    }

    private static void ShouldBe(long bytes, double megabytes) =>
        bytes.Should().BeCloseTo(Bytes.Megabytes(megabytes), (ulong)Bytes.Megabytes(megabytes * 0.02));
}
