using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Tell;

public sealed class LogTests
{
    [Fact]
    public void A_scope_prints_one_line_at_each_end()
    {
        using var watch = new WatchHarness();
        watch.Reader.ResidentMegabytes = 152.5;

        using (watch.Watch.Track("Download", "User 123"))
        {
            watch.Reader.ResidentMegabytes = 153.1;
            watch.Time.Advance(TimeSpan.FromSeconds(12.4));
        }

        watch.Log.Of(LogEvents.OperationStarted).Single().Text.Should().Be("Download Started | User 123 | Memory: 152.5 MB");
        watch.Log.Of(LogEvents.OperationEnded).Single().Text.Should()
            .Be("Download Completed | User 123 | Memory: 153.1 MB (+0.6 MB, allocated 0.0 MB, 12.4 s)");
    }

    [Fact]
    public void The_end_of_a_scope_says_what_was_allocated_and_charged()
    {
        using var watch = new WatchHarness();

        using (var scope = watch.Watch.Track("Download", "User 123"))
        {
            GC.KeepAlive(new byte[45 << 20]);
            scope.Charge(3 << 20);
        }

        var line = watch.Log.Of(LogEvents.OperationEnded).Single();
        line.Text.Should().Be("Download Completed | User 123 | Memory: 100.0 MB (+0.0 MB, allocated 45.0 MB, charged 3.0 MB, 0 ms)");
        line.State["allocated_bytes"].Should().BeOfType<long>().Which.Should().BeInRange(45 << 20, (45 << 20) + 10_000);
        line.State["charged_bytes"].Should().Be(3L << 20);
    }

    [Fact]
    public void Without_tracked_allocations_the_end_says_nothing_of_them()
    {
        using var watch = new WatchHarness(options => options.EnableAllocationTracking = false);

        using (watch.Watch.Track("Download"))
        {
        }

        var line = watch.Log.Of(LogEvents.OperationEnded).Single();
        line.Text.Should().Be("Download Completed | Memory: 100.0 MB (+0.0 MB, 0 ms)");
        line.State.Should().NotContainKey("allocated_bytes");
    }

    [Fact]
    public void A_failed_scope_says_why_and_a_cancelled_one_does_not()
    {
        using var watch = new WatchHarness();

        using (var scope = watch.Watch.Track("Download"))
        {
            scope.Fail(new IOException("disk\r\nfull \u202E"));
        }

        using (var scope = watch.Watch.Track("Upload"))
        {
            scope.Fail(new OperationCanceledException());
        }

        watch.Log.Of(LogEvents.OperationEnded).Select(l => l.Text).Should().Equal(
            @"Download Failed | Memory: 100.0 MB (+0.0 MB, allocated 0.0 MB, 0 ms) | IOException: disk\r\nfull \u202E",
            "Upload Cancelled | Memory: 100.0 MB (+0.0 MB, allocated 0.0 MB, 0 ms)");
    }

    [Fact]
    public void A_quiet_scope_prints_at_debug_in_any_zone()
    {
        using var watch = new WatchHarness();
        watch.Tick(460);

        watch.Watch.Track("GET /", "x", OperationVerbosity.Quiet).Dispose();

        watch.Log.Lines.Where(l => l.Event.Id is LogEvents.OperationStarted or LogEvents.OperationEnded).Should().HaveCount(2)
            .And.OnlyContain(l => l.Level == LogLevel.Debug);
    }

    [Fact]
    public void A_mark_prints_one_line()
    {
        using var watch = new WatchHarness();
        watch.Reader.ResidentMegabytes = 150.2;

        watch.Watch.Mark("Session Created", $"User {123} - Total sessions: {1}");

        watch.Log.Of(LogEvents.Mark).Single().Text.Should().Be("Session Created | User 123 - Total sessions: 1 | Memory: 150.2 MB");
    }

    [Fact]
    public void Names_and_contexts_cannot_forge_lines()
    {
        using var watch = new WatchHarness();

        using (watch.Watch.Track("Down\nload", "User \u001b[31m5\u2028 \u202Eevil"))
        {
            watch.Watch.Snapshot("Snap\r\nshot", "a\nb");
        }

        watch.Tick(460);

        watch.Log.Lines.Select(l => l.Text).Where(t => !t.Contains("📊") && !t.Contains("\nLikely cause: ")).Should().NotContain(t => t.Contains('\n'));
        watch.Log.Of(LogEvents.OperationStarted).Single().Text.Should()
            .Be(@"Down\nload Started | User \u001B[31m5\u2028 \u202Eevil | Memory: 100.0 MB");
        watch.Log.Of(LogEvents.Snapshot).Single().Text.Split('\n')[0].Should().Be(@"📊 MEMORY SNAPSHOT | Operation: Snap\r\nshot");
    }

    [Fact]
    public void Lines_carry_their_values_and_the_contexts_own()
    {
        using var watch = new WatchHarness(plug: b => b.AddMetric("Sessions", () => 2, m => m.Key = "active_sessions"));
        watch.Tick(200);
        var context = new OperationContext("User 5").With("user_id", 5).With("link", "a\nb");

        using (watch.Watch.Track("Download", context))
        {
            watch.Watch.Snapshot("Asked", context);
        }

        var started = watch.Log.Of(LogEvents.OperationStarted).Single().State;
        started.Should().Contain("operation", "Download").And.Contain("context", "User 5").And.Contain("resident_bytes", 200L << 20)
            .And.Contain("user_id", 5).And.Contain("link", @"a\nb");
        var ended = watch.Log.Of(LogEvents.OperationEnded).Single().State;
        ended.Should().Contain("outcome", "Completed").And.Contain("resident_change_bytes", 0L)
            .And.Contain("operation_id", started["operation_id"]);
        watch.Log.Of(LogEvents.Snapshot).Single().State.Should().Contain("active_sessions", 2L).And.Contain("thread_count", 8L)
            .And.Contain("used_bytes", 200L << 20).And.Contain("limit_bytes", 512L << 20).And.Contain("zone", "Healthy").And.Contain("user_id", 5)
            .And.NotContainKey("heap_bytes", "what could not be read is left out");
    }

    [Fact]
    public void An_alert_prints_the_snapshot_and_what_went_before()
    {
        using var watch = new WatchHarness();
        watch.Tick(375);
        watch.Reader.ResidentMegabytes = 150.2;
        watch.Watch.Mark("Session Created", "User 123");

        watch.Tick(421.7);

        var alert = watch.Log.Of(LogEvents.HighMemory).Single();
        alert.Level.Should().Be(LogLevel.Warning);
        alert.Text.Should().Be(
            """
            ⚠️ HIGH MEMORY USAGE: 421.7 MB / 512 MB
            Likely cause: resident memory +321.7 MB in the last 2 s with no operation in flight
            📊 MEMORY SNAPSHOT | Operation: Alert: high_memory
            ├─ RAM Usage: 421.7 MB (Virtual: 1024.0 MB)
            ├─ System: 82.4% used (90.3 MB available)
            ├─ Limits: 421.7 MB of 512 MB (Limit setting)
            └─ Threads: 8 | Open files: 15
            📜 Recent operations (last 20):
              1. [10:15:01] Session Created - 150.2 MB - User 123
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Only_the_last_twenty_operations_are_listed()
    {
        using var watch = new WatchHarness();
        watch.Tick(375);
        for (var i = 1; i <= 25; i++)
        {
            watch.Watch.Mark($"Mark {i}");
        }

        watch.Tick(410);

        watch.Log.Of(LogEvents.HighMemory).Single().Text.Split('\n')[^20..].Should()
            .Equal(Enumerable.Range(1, 20).Select(i => $"  {i}. [10:15:01] Mark {i + 5} - 375.0 MB"));
    }

    [Fact]
    public void Two_alerts_of_one_tick_share_one_snapshot()
    {
        using var watch = new WatchHarness();
        watch.Tick(100);

        watch.Tick(460);

        watch.Log.Lines.Where(l => l.Event.Id is LogEvents.Zone or LogEvents.HighMemory or LogEvents.Spike).Should().HaveCount(3)
            .And.ContainSingle(l => l.Text.Contains("📊 MEMORY SNAPSHOT"));
    }

    [Theory]
    [InlineData(340, LogLevel.Information)]
    [InlineData(440, LogLevel.Information)]
    [InlineData(460, LogLevel.Warning)]
    [InlineData(505, LogLevel.Warning)]
    public void Lines_are_warnings_from_the_critical_zone_on(double megabytes, LogLevel level)
    {
        using var watch = new WatchHarness();
        watch.Tick(megabytes);

        watch.Watch.Mark("Marked");
        watch.Watch.Snapshot("Asked");

        watch.Log.Of(LogEvents.Mark).Single().Level.Should().Be(level);
        watch.Log.Of(LogEvents.Snapshot).Single().Level.Should().Be(level);
    }

    [Fact]
    public void Alerts_are_warnings_and_in_the_imminent_zone_critical()
    {
        using var watch = new WatchHarness();
        watch.Tick(440);
        watch.Tick(505);

        watch.Log.Of(LogEvents.HighMemory).Single().Level.Should().Be(LogLevel.Warning);
        watch.Log.Of(LogEvents.Zone).Select(l => l.Level).Should().Equal(LogLevel.Information, LogLevel.Critical);
        watch.Log.Of(LogEvents.Spike).Single().Level.Should().Be(LogLevel.Critical);
    }

    [Fact]
    public void Recovery_is_told_quietly()
    {
        using var watch = new WatchHarness();
        watch.Tick(505);
        watch.Tick(100);

        var last = watch.Log.Of(LogEvents.Zone).Last();
        last.Text.Should().Be("✅ MEMORY HEALTHY: 100.0 MB / 512 MB");
        last.Level.Should().Be(LogLevel.Information);
    }
}
