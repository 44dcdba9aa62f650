using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>Operations that run for long while memory is tight are named in reports.</summary>
public sealed class LongOperationTests
{
    [Fact]
    public void The_periodic_check_names_them_the_oldest_first()
    {
        using var watch = new WatchHarness();
        watch.Tick(360);
        using var export = watch.Watch.Track("Export");
        DiagnosisBench.AllocateFor(export, 12);
        watch.Tick(360, seconds: 200);
        using var download = watch.Watch.Track("Download", "User 5");
        watch.Tick(360, seconds: 61);
        using var young = watch.Watch.Track("Upload");

        watch.Tick(360, seconds: 40);

        watch.Log.Of(LogEvents.Snapshot).Single().Text.Should().EndWith(
            """

            ⏳ In flight for over 1 min:
              1. Export - 301.0 s - allocated at least 12.0 MB
              2. Download - 101.0 s - allocated at least 0.0 MB - User 5
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void An_alert_with_a_snapshot_names_them_before_the_recent_operations()
    {
        using var watch = new WatchHarness(o => (o.SpikeThreshold, o.LongOperationAge) = ("400MB", TimeSpan.FromSeconds(5)));
        watch.Tick(360);
        using var export = watch.Watch.Track("Export");
        watch.Tick(360, seconds: 10);
        watch.Tick(410);

        watch.Log.Of(LogEvents.HighMemory).Single().Text.Should().Contain("\n⏳ In flight for over 5 s:\n  1. Export - 11.0 s - ")
            .And.MatchRegex("(?s)⏳.*📜");
    }

    [Fact]
    public void At_most_five_are_named()
    {
        using var watch = new WatchHarness();
        watch.Tick(360);
        var scopes = Enumerable.Range(1, 8).Select(i => watch.Watch.Track($"Export {i}")).ToList();
        watch.Tick(360, seconds: 301);

        var text = watch.Log.Of(LogEvents.Snapshot).Single().Text;
        text.Should().Contain("  5. Export 5 - ").And.NotContain("Export 6");
        scopes.ForEach(s => s.Dispose());
    }

    [Theory]
    [InlineData(100, "00:01:00")]
    [InlineData(360, "0")]
    [InlineData(360, "10min")]
    public void None_is_named_while_memory_is_healthy_the_setting_is_off_or_none_is_old_enough(double resident, string setting)
    {
        using var watch = new WatchHarness(o => o.Set(nameof(o.LongOperationAge), setting));
        watch.Tick(resident);
        using var export = watch.Watch.Track("Export");

        watch.Tick(resident, seconds: 301);

        watch.Log.Of(LogEvents.Snapshot).Single().Text.Should().NotContain("⏳");
    }

    [Fact]
    public void A_snapshot_that_was_asked_for_names_none()
    {
        using var watch = new WatchHarness();
        watch.Tick(360);
        using var export = watch.Watch.Track("Export");
        watch.Tick(360, seconds: 100);

        watch.Watch.Snapshot("Asked");

        watch.Log.Of(LogEvents.Snapshot).Single().Text.Should().NotContain("⏳");
    }

    [Fact]
    public void Without_tracked_allocations_none_are_told()
    {
        using var watch = new WatchHarness(o => o.EnableAllocationTracking = false);
        watch.Tick(360);
        using var export = watch.Watch.Track("Export", "User 5");

        watch.Tick(360, seconds: 301);

        watch.Log.Of(LogEvents.Snapshot).Single().Text.Should().EndWith("\n  1. Export - 301.0 s - User 5");
    }
}
