using MemoryWatch.Read;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>A burst between two samples: whoever was there before is not blamed for it.</summary>
public sealed class UnseenGrowthTests
{
    private static readonly MemoryGroup Group = new("/sys/fs/cgroup/app", 29, 42);

    private readonly BoxBench _bench = new();

    public UnseenGrowthTests() => _bench.Reader.Group = Group;

    [Fact]
    public void Growth_that_no_sample_shows_is_told_as_that_with_what_started_last()
    {
        Grow(10, kills: 0);
        using var innocent = _bench.Track("Innocent", "User 1");
        innocent.Charge(Bytes.Megabytes(12));
        Grow(14, kills: 0);
        using var burst = _bench.Track("Burst", "User 3");

        var run = Judge(kills: 1);

        run.Verdict.Should().Be(RunVerdict.Killed);
        (run.Cause, run.UnseenGrowthBytes).Should().Be((null, Bytes.Megabytes(512 - 174)));
        run.Describe().Should().Contain("├─ Likely cause: the growth itself was not seen; last started: Burst (User 3), 0 ms before\n")
            .And.NotContain("Grew:");
    }

    [Fact]
    public void Growth_that_was_seen_for_most_of_the_way_is_explained()
    {
        Grow(0, kills: 0);
        using var download = _bench.Track("Download", "User 1");
        download.Charge(Bytes.Megabytes(250));
        Grow(250, kills: 0);

        var run = Judge(kills: 1);

        run.UnseenGrowthBytes.Should().BeNull();
        run.Describe().Should().Contain("Grew: +250.0 MB | Likely cause: Download (User 1)");
    }

    [Fact]
    public void A_run_that_nobody_killed_for_memory_keeps_its_cause()
    {
        Grow(10, kills: 0);
        Grow(14, kills: 0);

        var run = Judge(kills: 0);

        run.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        (run.UnseenGrowthBytes, run.Cause!.RiseBytes).Should().Be((null, Bytes.Megabytes(14)));
    }

    [Fact]
    public void With_nothing_in_flight_the_last_start_is_told_as_ended_and_quiet_ones_are_counted()
    {
        Grow(0, kills: 0);
        _bench.Track("Download", "User 1").Dispose();
        using var quiet = _bench.TrackQuiet("GET /");
        Grow(0, kills: 0);

        Judge(kills: 1).Describe().Should().Contain(
            "Likely cause: the growth itself was not seen; last started: Download (User 1), 1.0 s before, and ended; 1 quiet operations were in flight");
    }

    [Fact]
    public void With_no_operation_at_all_that_is_said()
    {
        Grow(0, kills: 0);

        Judge(kills: 1).Describe().Should().Contain(
            "Likely cause: the growth itself was not seen; no start of an operation is recorded");
    }

    [Fact]
    public void A_small_rise_within_a_moment_is_no_growth()
    {
        Grow(0, seconds: 1);
        Grow(7, seconds: 0.03);

        _bench.Judge().Cause.Should().BeNull();
    }

    [Fact]
    public void A_rise_below_a_hundredth_of_the_limit_is_no_growth()
    {
        Grow(0);
        Grow(5);

        _bench.Judge().Cause.Should().BeNull();
    }

    private PreviousRun Judge(long kills) => _bench.Judge(_bench.Next with { Group = Group, GroupKills = kills });

    private void Grow(double megabytes, double seconds = 1, long? kills = null)
    {
        _bench.Reader.ResidentMegabytes += megabytes;
        _bench.Allocated = (_bench.Allocated ?? 0) + Bytes.Megabytes(megabytes);
        _bench.Tick(_bench.Reader.ResidentMegabytes, seconds, kills: kills);
    }
}
