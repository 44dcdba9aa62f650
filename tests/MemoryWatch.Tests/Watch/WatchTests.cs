using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Tests.Watch;

public sealed class WatchTests
{
    [Fact]
    public void The_start_line_says_what_there_is_to_spend_and_how_often_the_watch_looks()
    {
        using var watch = new WatchHarness();
        watch.Reader.Managed = new() { HeapLimitBytes = 384L << 20 };

        watch.Tick();

        watch.Log.Of(LogEvents.Started).Single().Text.Should().MatchRegex(
            @"^Memory watch started \| Limit: 512 MB \(from the Limit setting\) \| Elevated: 350 MB, high: 400 MB, critical: 450 MB, imminent: 500 MB \| Spike: 50 MB in 1 min \| GC limit: 384 MB, leaving 128 MB for everything else"
            + @" \| GC: (workstation|server), (not )?concurrent"
            + @" \| Every 1 s, periodic check: 5 min, GC report: 5 min, periodic GC: off$");
    }

    [Fact]
    public void A_limit_setting_above_the_containers_own_is_warned_of()
    {
        using var watch = new WatchHarness();
        watch.Reader.Container = new() { Version = 2, LimitBytes = 256L << 20, UsedBytes = 100 << 20 };

        watch.Tick();

        watch.Log.Of(LogEvents.LimitAboveContainer).Single().Level.Should().Be(LogLevel.Warning);
    }

    [Fact]
    public void A_threshold_above_the_containers_limit_is_replaced_by_its_default_and_warned_of()
    {
        using var watch = new WatchHarness(o => (o.Limit, o.HighThreshold, o.SpikeThreshold) = (null, "900MB", "600MB"));
        watch.Reader.Container = new() { Version = 2, LimitBytes = 512 << 20, UsedBytes = 100 << 20 };

        watch.Tick();

        watch.Log.Of(LogEvents.ThresholdAboveLimit).Select(line => line.Text).Should().Equal(
            "HighThreshold is 900 MB, but the container's limit is 512 MB, so it can never be reached: the default is used, 400 MB here. Set at most the limit, or a percentage",
            "SpikeThreshold is 600 MB, but the container's limit is 512 MB, so it can never be reached. Set at most the limit, or a percentage");
        watch.Log.Of(LogEvents.ThresholdAboveLimit).Select(line => line.Level).Should().AllBeEquivalentTo(LogLevel.Warning);
        watch.Log.Of(LogEvents.Started).Single().Text.Should().Contain("high: 400 MB,");
        watch.Reader.Container = new() { Version = 2, LimitBytes = 512 << 20, UsedBytes = 410 << 20 };
        watch.Tick();
        watch.Log.Of(LogEvents.HighMemory).Should().ContainSingle();
    }

    [Fact]
    public void A_new_threshold_above_the_containers_limit_is_warned_of_at_the_next_tick_once()
    {
        using var watch = new WatchHarness(o => o.Limit = "1GB");
        watch.Reader.Container = new() { Version = 2, LimitBytes = 512 << 20, UsedBytes = 100 << 20 };
        watch.Tick();

        watch.Watch.Update(new() { CriticalThreshold = "480MB", ImminentThreshold = "900MB" }).IsAccepted.Should().BeTrue();
        watch.Log.Of(LogEvents.ThresholdAboveLimit).Should().BeEmpty();
        watch.Tick();
        watch.Tick();

        watch.Log.Of(LogEvents.ThresholdAboveLimit).Should().ContainSingle().Which.Text.Should()
            .StartWith("ImminentThreshold is 900 MB, but the container's limit is 512 MB").And.Contain("500 MB here");
        watch.Watch.Update(new() { Limit = "512MB", HighThreshold = "900MB" }).Problems.Should()
            .Equal("MemoryWatch:HighThreshold is '900 MB'; it must be at most the limit, which is '512 MB'.");
    }

    [Fact]
    public void Without_a_limit_the_start_line_says_what_thresholds_are_compared_with()
    {
        using var watch = new WatchHarness(o => (o.Limit, o.HighThreshold) = (null, "350MB"));
        watch.Reader.Reading = watch.Reader.Reading with { Machine = new() { TotalBytes = 8L << 30, AvailableBytes = 4L << 30 } };
        watch.Tick();

        watch.Log.Of(LogEvents.Started).Single().Text.Should()
            .Contain("Limit: 8192 MB (the machine's physical memory: percentages are of what all its programs use) | Elevated: 5600 MB, high: 350 MB of this process, ");
        watch.Log.Of(LogEvents.ThresholdAboveLimit).Should().BeEmpty();
        watch.Tick(360);
        watch.Log.Of(LogEvents.HighMemory).Should().ContainSingle().Which.Text.Should().Contain("360.0 MB / 350 MB in this process");
    }

    [Fact]
    public void A_threshold_above_the_machines_memory_is_warned_of_and_used_as_it_is()
    {
        using var watch = new WatchHarness(o => (o.Limit, o.HighThreshold) = (null, "900GB"));
        watch.Reader.Reading = watch.Reader.Reading with { Machine = new() { TotalBytes = 8L << 30, AvailableBytes = 4L << 30 } };
        watch.Tick();

        watch.Log.Of(LogEvents.ThresholdAboveLimit).Should().ContainSingle().Which.Text.Should()
            .Be("HighThreshold is 921600 MB, but the machine has 8192 MB, so it can never be reached. Set at most the limit, or a percentage");
    }

    [Fact]
    public void A_setting_that_is_not_allowed_stops_the_start_with_its_name_value_and_range()
    {
        var start = () => MemoryWatcher.Start(watch => watch.Configure(o => o.Interval = TimeSpan.FromHours(1)));

        start.Should().Throw<OptionsValidationException>()
            .WithMessage("MemoryWatch:Interval is '60 min'; it must be a time such as 00:05:00, 5min or 300s, from 0.1 s to 1 min.");
    }

    [Fact]
    public void Current_is_the_last_tick()
    {
        using var watch = new WatchHarness();

        watch.Tick(123);

        watch.Watch.Current.Process.ResidentBytes.Should().Be(123 << 20);
        watch.Watch.Current.Trigger.Should().Be(SnapshotTrigger.Tick);
    }

    [Fact]
    public void A_snapshot_that_is_asked_for_has_its_own_zone_and_calls_for_a_tick_where_that_is_worse()
    {
        using var watch = new WatchHarness(o => o.Interval = TimeSpan.FromMinutes(1));
        watch.Tick(100);
        watch.Reader.ResidentMegabytes = 517;
        var wakes = watch.Pacer.Wakes;

        var snapshot = watch.Watch.Snapshot("Asked");

        snapshot.Zone.Should().Be(MemoryZone.Imminent);
        var line = watch.Log.Of(LogEvents.Snapshot).Single();
        (line.Level, line.State["zone"]).Should().Be((LogLevel.Warning, "Imminent"));
        watch.Pacer.Wakes.Should().BeGreaterThan(wakes);
        watch.Log.Of(LogEvents.Zone).Should().BeEmpty("it raises no alert itself");
        watch.Watch.Current.Zone.Should().Be(MemoryZone.Healthy, "that is the last tick's");

        watch.Tick();
        watch.Log.Of(LogEvents.Zone).Should().ContainSingle();
        watch.Watch.Current.Zone.Should().Be(MemoryZone.Imminent);
    }

    [Fact]
    public void A_snapshot_that_is_asked_for_changes_no_detector()
    {
        using var watch = new WatchHarness();
        watch.Tick(360);
        watch.Reader.ResidentMegabytes = 345;

        watch.Watch.Snapshot("Asked").Zone.Should().Be(MemoryZone.Elevated, "it is judged from the last tick's zone");
        watch.Reader.ResidentMegabytes = 100;
        watch.Watch.Snapshot("Asked").Zone.Should().Be(MemoryZone.Healthy);

        watch.Tick(345);
        watch.Watch.Current.Zone.Should().Be(MemoryZone.Elevated);
        watch.Log.Of(LogEvents.Zone).Should().ContainSingle("only ticks enter and leave zones");
    }

    [Fact]
    public void A_watch_that_is_off_or_has_not_read_yet_has_an_empty_snapshot()
    {
        using var off = new WatchHarness(o => o.Enabled = false);
        using var fresh = new WatchHarness();

        off.Watch.Snapshot("Asked").Should().BeSameAs(MemorySnapshot.Empty);
        off.Watch.Current.Should().BeSameAs(MemorySnapshot.Empty);
        fresh.Watch.Current.Should().BeSameAs(MemorySnapshot.Empty);
    }

    [Fact]
    public void A_snapshot_is_printed_every_five_minutes()
    {
        using var watch = new WatchHarness();

        watch.Tick(seconds: 299);
        watch.Log.Of(LogEvents.Snapshot).Should().BeEmpty();
        watch.Tick(seconds: 2);
        watch.Tick(seconds: 299);
        watch.Tick(seconds: 2);

        watch.Log.Of(LogEvents.Snapshot).Should().HaveCount(2)
            .And.OnlyContain(l => l.Text.StartsWith("📊 MEMORY SNAPSHOT | Operation: Periodic Check\n"));
    }

    [Fact]
    public void Ticks_come_faster_as_the_limit_nears()
    {
        using var watch = new WatchHarness();
        watch.Tick(100);

        watch.Tick(110).Should().Be(TimeSpan.FromSeconds(1), "at 10 MB/s the limit is 40 s away");
        watch.Tick(460).TotalSeconds.Should().Be(0.1, "at 350 MB/s it is less than a second away");
        watch.Tick(470).TotalSeconds.Should().BeApproximately(0.42, 0.001, "at 10 MB/s the last 42 MB take 4.2 s");
        watch.Tick(470).Should().Be(TimeSpan.FromSeconds(1), "memory does not grow");
    }

    [Fact]
    public void A_spike_between_two_ticks_calls_the_watch_and_is_judged_by_its_peak()
    {
        using var watch = new WatchHarness();
        watch.Tick(100);
        watch.Tick(100);

        watch.Reader.QuickMegabytes = () => 175.3;
        watch.Watch.Mark("Buffer Filled");
        watch.Watch.Mark("Buffer Still There");
        watch.Reader.QuickMegabytes = null;

        watch.Pacer.Wakes.Should().Be(1);
        watch.Tick(100);
        watch.Log.Of(LogEvents.Spike).Single().Text.Should().StartWith("⚠️ MEMORY SPIKE DETECTED: +75.3 MB increase!\n");
    }

    [Fact]
    public void A_reading_that_fails_is_reported_once_and_the_thread_goes_on()
    {
        using var log = new LogCapture();
        using var reader = new FakeReader();
        var failing = new InvalidOperationException("broken");
        using var watch = new MemoryWatcher(
            new() { Limit = "512MB" }, log, TimeProvider.System, reader, new MemoryWatch.Watch.RealTimePacer(), null, TimeSpan.FromSeconds(1));
        watch.StartWatching();

        reader.Failure = failing;
        SpinWait.SpinUntil(() => log.Of(LogEvents.TickFailed).Any(), TimeSpan.FromSeconds(20)).Should().BeTrue();
        reader.Failure = null;
        reader.ResidentMegabytes = 77;

        SpinWait.SpinUntil(() => watch.Current.Process.ResidentBytes == 77 << 20, TimeSpan.FromSeconds(20)).Should().BeTrue();
        log.Of(LogEvents.TickFailed).Should().ContainSingle();
    }

    [Fact]
    public void Settings_change_while_the_watch_runs()
    {
        using var watch = new WatchHarness();
        watch.Tick(300);

        watch.Watch.Update(new() { Limit = "320MB" }).IsAccepted.Should().BeTrue();
        watch.Tick(300);

        watch.Watch.Current.Zone.Should().Be(MemoryZone.Critical);
        watch.Log.Of(LogEvents.SettingsChanged).Should().ContainSingle();
    }

    [Fact]
    public void A_change_that_is_not_allowed_changes_nothing_and_is_told()
    {
        using var watch = new WatchHarness();
        var options = new MemoryWatchOptions();
        options.Set("Limit", "plenty").Should().BeFalse();

        watch.Watch.Update(options).IsAccepted.Should().BeFalse();
        watch.Tick(451);

        watch.Watch.Current.Zone.Should().Be(MemoryZone.Critical, "the limit is still 512 MB");
        watch.Log.Of(LogEvents.SettingsRefused).Single().Text.Should()
            .Contain("MemoryWatch:Limit is 'plenty'; it must be an amount of at least 16 MB, such as 512MB, or empty for none.");
    }

    [Fact]
    public void A_watch_that_is_switched_off_does_nothing_until_it_is_switched_on()
    {
        using var watch = new WatchHarness(o => o.Enabled = false);
        watch.Tick(510);
        using (watch.Watch.Track("Download"))
        {
            watch.Watch.Mark("Marked");
        }

        watch.Watch.Snapshot("Asked").Process.ResidentBytes.Should().BeNull();
        watch.Watch.Track("Download").Should().BeSameAs(OperationScope.None);
        watch.Watch.RecentEntries.Should().BeEmpty();
        watch.Log.Lines.Should().BeEmpty();

        watch.Watch.Update(new() { Limit = "512MB" });
        watch.Tick(510);
        watch.Watch.Current.Zone.Should().Be(MemoryZone.Imminent);
        watch.Log.Lines.Select(l => l.Event.Id).Should().StartWith([LogEvents.SettingsChanged, LogEvents.Started]);
    }

    [Fact]
    public void A_watch_that_is_switched_off_writes_no_change_of_settings_and_no_stop()
    {
        using var watch = new WatchHarness(o => o.Enabled = false);
        watch.Tick();

        watch.Watch.Update(new() { Enabled = false, Limit = "320MB" }).ToString().Should().Be("in force: Limit");
        watch.Watch.Dispose();

        watch.Log.Lines.Should().BeEmpty();
    }

    [Fact]
    public void A_black_box_of_a_watch_that_is_switched_on_later_opens_then()
    {
        using var folder = new TempFolder();
        using var watch = new WatchHarness(o => (o.Enabled, o.BlackBox.Path) = (false, folder.File("memory.blackbox")));
        watch.Tick();
        File.Exists(folder.File("memory.blackbox")).Should().BeFalse();

        watch.Watch.Update(new() { Limit = "512MB", BlackBox = { Path = folder.File("memory.blackbox") } });
        watch.Tick();

        File.Exists(folder.File("memory.blackbox")).Should().BeTrue();
    }

    [Fact]
    public void An_update_says_which_settings_changed_and_which_wait_for_a_restart()
    {
        using var watch = new WatchHarness();
        watch.Tick(300);
        var options = new MemoryWatchOptions { Limit = "320MB", EnableAllocationTracking = false, BlackBox = { Path = "after/memory.blackbox" } };

        var update = watch.Watch.Update(options);

        update.Changes.Should().Equal(
            new SettingChange("Limit", true), new("EnableAllocationTracking", false), new("BlackBox:Path", false));
        watch.Log.Of(LogEvents.SettingsChanged).Single().Text.Should()
            .Be("Memory watch settings changed, in force: Limit; at the next start: EnableAllocationTracking, BlackBox:Path");
        watch.Watch.Update(options).Changes.Select(c => c.Name).Should().Equal(
            ["EnableAllocationTracking", "BlackBox:Path"], "they still wait for a restart");
    }

    [Fact]
    public void No_watch_does_nothing_and_hands_out_nothing_that_is_null()
    {
        var none = MemoryWatcher.None;
        using (var scope = none.Track("Download", "User 1"))
        {
            none.Mark("Marked");
            scope.Should().BeSameAs(OperationScope.None);
        }

        none.IsEnabled.Should().BeFalse();
        none.Snapshot("Asked").Should().BeSameAs(MemorySnapshot.Empty);
        none.Current.Should().BeSameAs(MemorySnapshot.Empty);
        none.PreviousRun.Should().BeNull();
        none.RecentEntries.Should().BeEmpty();
        none.InFlight.Should().BeEmpty();
        none.TotalsByName.Should().BeEmpty();
        none.Invoking(n => n.Track(null!)).Should().Throw<ArgumentNullException>("a mistake shows in unit tests too");
    }

    [Fact]
    public void Operations_may_start_before_the_watch_and_end_after_it()
    {
        var watch = new WatchHarness();
        var scope = watch.Watch.Track("Download");
        watch.Tick();
        watch.Dispose();

        var end = () =>
        {
            scope.Fail(new IOException());
            scope.Dispose();
            scope.Dispose();
            watch.Watch.Mark("Late");
            watch.Watch.Snapshot("Late");
            watch.Watch.Dispose();
        };

        end.Should().NotThrow();
        watch.Watch.InFlight.Should().BeEmpty();
        watch.Watch.Track("Late").Should().BeSameAs(OperationScope.None);
    }

    [Fact]
    public void A_logger_that_throws_hurts_neither_the_application_nor_the_watch()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        watch.Log.Failure = new InvalidOperationException("disk full");

        var use = () =>
        {
            using (watch.Watch.Track("Download"))
            {
                watch.Watch.Mark("Marked");
                watch.Watch.Snapshot("Asked");
            }

            watch.Tick(460);
        };

        use.Should().NotThrow();
        watch.Watch.Current.Zone.Should().Be(MemoryZone.Critical);
        watch.Watch.InFlight.Should().BeEmpty();
    }
}
