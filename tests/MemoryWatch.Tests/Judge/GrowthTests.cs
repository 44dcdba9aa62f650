using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Judge;

/// <summary>Operations during which memory grew by the spike threshold.</summary>
public sealed class GrowthTests
{
    private readonly WatchHarness _watch = new();

    public GrowthTests() => _watch.Tick(100);

    [Fact]
    public void One_that_grows_too_slowly_for_a_spike_is_told_at_its_end()
    {
        var import = TrackApart("Import", "User 5");
        DiagnosisBench.AllocateFor(import, 20);
        Climb(from: 100, to: 180, seconds: 160);
        var wakes = _watch.Pacer.Wakes;

        import.Dispose();

        _watch.Pacer.Wakes.Should().Be(wakes + 1, "it is told at once");
        _watch.Tick();
        var alert = Alerts().Single();
        alert.Level.Should().Be(LogLevel.Warning);
        alert.Text.Split('\n')[0].Should().Be("⚠️ MEMORY GREW DURING OPERATION: Import, +80.0 MB in 160.0 s, allocated 20.0 MB | User 5");
        alert.State.Should().Contain("alert", "operation").And.Contain("operation", "Import").And.Contain("operation_id", import.Id)
            .And.Contain("context", "User 5").And.Contain("resident_change_bytes", 80L << 20).And.Contain("duration_seconds", 160d)
            .And.Contain("threshold_bytes", 50L << 20).And.ContainKey("allocated_bytes");
        _watch.Log.Of(LogEvents.Spike).Should().BeEmpty();
    }

    [Fact]
    public void It_is_explained_as_far_back_as_the_watch_remembers()
    {
        var import = TrackApart("Import");
        Climb(from: 100, to: 180, seconds: 160);
        DiagnosisBench.AllocateFor(import, 20);
        import.Dispose();
        _watch.Tick();

        Alerts().Single().Text.Split('\n')[1].Should().MatchRegex(@"^Likely cause: Import allocated 20\.0 MB in the last \d\d s$");
    }

    [Fact]
    public void One_that_takes_less_than_the_threshold_is_not_told()
    {
        using (_watch.Watch.Track("Import"))
        {
            Climb(from: 100, to: 149, seconds: 160);
        }

        _watch.Tick();
        Alerts().Should().BeEmpty();
    }

    [Fact]
    public void A_climb_that_was_told_as_a_spike_is_not_told_again()
    {
        using (_watch.Watch.Track("Download"))
        {
            _watch.Tick(175);
            _watch.Tick(190);
        }

        _watch.Tick();
        _watch.Log.Of(LogEvents.Spike).Should().ContainSingle();
        Alerts().Should().BeEmpty();
    }

    [Fact]
    public void A_spike_seen_at_the_operations_end_is_one_alert()
    {
        using (_watch.Watch.Track("Download"))
        {
            _watch.Reader.ResidentMegabytes = 175;
        }

        _watch.Tick();
        _watch.Log.Of(LogEvents.Spike).Should().ContainSingle();
        Alerts().Should().BeEmpty();
    }

    [Fact]
    public void What_grows_by_the_threshold_again_after_its_spike_is_told()
    {
        using (_watch.Watch.Track("Import"))
        {
            _watch.Tick(175);
            Climb(from: 175, to: 240, seconds: 130);
        }

        _watch.Tick();
        Alerts().Should().ContainSingle();
    }

    [Fact]
    public void Of_several_that_saw_the_same_climb_the_one_that_allocated_most_is_told()
    {
        var scopes = Enumerable.Range(1, 10).Select(i => Task.Run(() => _watch.Watch.Track("Import", $"User {i}")).Result).ToList();
        DiagnosisBench.AllocateFor(scopes[6], 5);
        Climb(from: 100, to: 180, seconds: 160);
        scopes.Take(9).ToList().ForEach(s => s.Dispose());
        _watch.Tick();
        scopes[9].Dispose();
        _watch.Tick();

        Alerts().Single().State["context"].Should().Be("User 7");
    }

    [Fact]
    public void One_after_the_other_to_the_same_height_is_told_once_in_a_window()
    {
        for (var i = 0; i < 3; i++)
        {
            // Below what a quick reading would call a spike at its own tick.
            _watch.Tick(100, seconds: 61);
            using (_watch.Watch.Track("Import"))
            {
                Climb(from: 100, to: 160, seconds: 160);
            }

            _watch.Tick(160);
        }

        Alerts().Should().HaveCount(3, "each took longer than the window");
        _watch.Tick(100);
        using (_watch.Watch.Track("Report"))
        {
            _watch.Reader.ResidentMegabytes = 160;
        }

        _watch.Tick(160);
        Alerts().Should().HaveCount(3);
    }

    private void Climb(double from, double to, int seconds)
    {
        for (var second = 1; second <= seconds; second++)
        {
            _watch.Tick(from + ((to - from) * second / seconds));
        }
    }

    /// <summary>On a separate flow, because this one ticks, which allocates.</summary>
    private OperationScope TrackApart(string name, OperationContext context = default) =>
        Task.Run(() => _watch.Watch.Track(name, context)).GetAwaiter().GetResult();

    private IEnumerable<LogLine> Alerts() => _watch.Log.Of(LogEvents.Operation);
}
