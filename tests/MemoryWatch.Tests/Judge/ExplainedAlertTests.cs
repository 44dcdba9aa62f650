using System.Collections.Concurrent;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>Which alerts are explained, and what the log says of it.</summary>
public sealed class ExplainedAlertTests
{
    [Fact]
    public void A_spike_has_its_cause_right_behind_its_line_and_in_its_values()
    {
        using var watch = new WatchHarness();
        Allocated(watch, 1000);
        watch.Tick(100);
        using var download = watch.Watch.Track("Download", "User 5");
        DiagnosisBench.AllocateFor(download, 70);
        Allocated(watch, 1080);

        watch.Tick(175.3);

        var alert = watch.Log.Of(LogEvents.Spike).Single();
        var cause = "Likely cause: Download (User 5) allocated 70.0 MB of 80.0 MB in the last 1 s (unattributed 10.0 MB)";
        alert.Text.Split('\n')[..3].Should().Equal(
            "⚠️ MEMORY SPIKE DETECTED: +75.3 MB increase!", cause, "📊 MEMORY SNAPSHOT | Operation: Alert: spike");
        alert.State.Should().Contain("cause", cause).And.Contain("cause_window_seconds", 1d)
            .And.Contain("cause_rise_bytes", Bytes.Megabytes(175.3) - (100L << 20)).And.Contain("cause_allocated_bytes", 80L << 20)
            .And.Contain("cause_operation", "Download").And.Contain("cause_operation_context", "User 5")
            .And.Contain("cause_operation_id", download.Id).And.Contain("cause_in_flight", 1L)
            .And.ContainKeys("cause_unattributed_bytes", "cause_operation_allocated_bytes", "cause_operation_share")
            .And.NotContainKeys("cause_native_change_bytes", "cause_operation_charged_bytes");
    }

    [Fact]
    public void A_zone_that_is_entered_is_explained_and_one_that_is_left_is_not()
    {
        using var watch = new WatchHarness();
        Allocated(watch, 1000);
        watch.Reader.ResidentMegabytes = 310;
        watch.Tick();
        using var download = watch.Watch.Track("Download");
        DiagnosisBench.AllocateFor(download, 45);
        Allocated(watch, 1045);
        watch.Tick(355);
        watch.Tick(300);

        watch.Log.Of(LogEvents.Zone).Select(l => l.Text).Should().Equal(
            "⚠️ MEMORY ELEVATED: 355.0 MB / 512 MB\nLikely cause: Download allocated 45.0 MB of 45.0 MB in the last 1 s (unattributed 0.0 MB)",
            "✅ MEMORY HEALTHY: 300.0 MB / 512 MB");
    }

    [Fact]
    public void High_memory_is_explained_too()
    {
        using var watch = new WatchHarness(o => o.SpikeThreshold = "500MB");
        watch.Tick(380);
        watch.Tick(410);

        watch.Log.Of(LogEvents.HighMemory).Single().Text.Split('\n')[1].Should().Be(
            "Likely cause: resident memory +310.0 MB in the last 2 s with no operation in flight");
    }

    [Fact]
    public void An_observer_gets_the_cause_as_data()
    {
        var causes = new ConcurrentQueue<MemoryCause?>();
        using var watch = new WatchHarness(plug: b => b.AddObserver(new CauseObserver(causes)));
        watch.Tick(100);
        using var upload = watch.Watch.Track("Upload", "User 5");

        watch.Tick(175);

        causes.Single()!.InFlight.Single().OperationId.Should().Be(upload.Id);
    }

    [Fact]
    public void Where_memory_did_not_grow_while_the_watch_looked_the_alert_says_so()
    {
        using var watch = new WatchHarness();
        watch.Reader.ResidentMegabytes = 460;

        watch.Tick();

        var alert = watch.Log.Of(LogEvents.Zone).Single();
        var cause = "Likely cause: unknown, memory did not grow by 1 MB lately: it was used before, or grew slowly";
        alert.Text.Split('\n')[1].Should().Be(cause);
        alert.State.Should().Contain("cause", cause).And.NotContainKey("cause_rise_bytes");
    }

    private static void Allocated(WatchHarness watch, double megabytes) =>
        watch.Reader.Managed = new() { TotalAllocatedBytes = Bytes.Megabytes(megabytes) };

    private sealed class CauseObserver(ConcurrentQueue<MemoryCause?> causes) : IMemoryObserver
    {
        public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot) => causes.Enqueue(alert.Cause);
    }
}
