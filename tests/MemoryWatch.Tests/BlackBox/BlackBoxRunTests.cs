using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>A whole watch with a black box, and the whole watch that comes after it.</summary>
public sealed class BlackBoxRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Box => _folder.File("memory.blackbox");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_path_there_is_no_black_box_and_no_previous_run()
    {
        using var watch = new WatchHarness();
        watch.Tick();

        watch.Watch.PreviousRun.Should().BeNull();
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public void A_watch_that_is_switched_off_has_none_either()
    {
        using var watch = Recorded(o => o.Enabled = false);
        watch.Tick();

        watch.Watch.PreviousRun.Should().BeNull();
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public void Before_it_has_started_and_at_the_first_start_of_all_there_is_no_previous_run()
    {
        using var watch = Recorded();
        watch.Watch.PreviousRun.Should().BeNull();

        watch.Tick();

        watch.Watch.PreviousRun.Should().BeNull();
        watch.Log.Lines.Should().NotContain(l => l.Event.Id >= LogEvents.PreviousRun);
    }

    [Fact]
    public void A_run_that_was_stopped_is_one_line_behind_the_start_line()
    {
        using (var first = Recorded())
        {
            first.Tick();
        }

        using var watch = Recorded();
        watch.Tick();

        watch.Log.Lines.Where(l => l.Level >= LogLevel.Information).Take(2).Select(l => l.Event.Id).Should().Equal(LogEvents.Started, LogEvents.PreviousRun);
        var line = watch.Log.Of(LogEvents.PreviousRun).Single();
        line.Level.Should().Be(LogLevel.Information);
        line.Text.Should().Be("✅ PREVIOUS RUN: stopped | Last seen: 2026-11-22 10:15:01 +00:00, 1.0 s after its start");
        line.State["verdict"].Should().Be("Clean");
        watch.Watch.PreviousRun!.Verdict.Should().Be(RunVerdict.Clean);
    }

    [Fact]
    public void A_run_that_was_killed_is_told_with_all_that_was_going_on()
    {
        using var killed = Recorded(plug: b => b.AddMetric("Sessions", () => 2));
        killed.Reader.Group = new("/sys/fs/cgroup/app", 29, 42);
        killed.Reader.Container = new() { Version = 2, OomKills = 0 };
        killed.Tick(100);
        killed.Watch.Mark("Session Created", "User 123 - Total sessions: 1");
        killed.Watch.Track("Upload", "User 7").Dispose();
        using var download = killed.Watch.Track("Download", "User 5 | File size: 45.3 MB");
        killed.Time.Advance(TimeSpan.FromSeconds(11.4));
        killed.Tick(460);
        LiveBox.CopyAsAfterAKill(Box, _folder.File("after/memory.blackbox"));

        using var watch = new WatchHarness(o => o.BlackBox.Path = _folder.File("after/memory.blackbox"));
        watch.Reader.Group = killed.Reader.Group;
        watch.Reader.Container = new() { Version = 2, OomKills = 1 };
        watch.Tick();

        var line = watch.Log.Of(LogEvents.PreviousRun).Single();
        line.Level.Should().Be(LogLevel.Warning);
        line.Text.Should().Be(
            $"""
            💀 PREVIOUS RUN: OOM-killed by the kernel (confirmed)
            ├─ Last seen: 2026-11-22 10:15:13 +00:00, 13.4 s after its start, Critical
            ├─ Why: this cgroup's OOM-kill count rose from 0 to 1 (same boot, same cgroup)
            ├─ Why: last seen with 460.0 MB of 512 MB used, in the zone Critical
            ├─ Grew: +360.0 MB | Likely cause: resident memory +360.0 MB in the last 12 s while Download (User 5 | File size: 45.3 MB) and Upload (User 7) were in flight
            ├─ In flight: Download | User 5 | File size: 45.3 MB | for 12.4 s | Memory at start: 100.0 MB
            ├─ Alert: [10:15:13] 🔴 MEMORY CRITICAL: 460.0 MB / 512 MB
            ├─ Alert: [10:15:13] ⚠️ HIGH MEMORY USAGE: 460.0 MB / 512 MB
            ├─ Alert: [10:15:13] ⚠️ MEMORY SPIKE DETECTED: +360.0 MB increase!
            └─ Process: {Environment.ProcessId}, kept in {_folder.File("after/memory.previous-1.blackbox")}
            📊 MEMORY SNAPSHOT | Operation: Last Seen
            ├─ RAM Usage: 460.0 MB (Virtual: 1024.0 MB)
            ├─ System: 89.8% used (52.0 MB available)
            ├─ Limits: 460.0 MB of 512 MB (Limit setting)
            └─ Sessions: 2 | Threads: 8 | Open files: 15
            📜 Recent operations (last 20):
              1. [10:15:01] Session Created - 100.0 MB - User 123 - Total sessions: 1
              2. [10:15:01] Upload Started - 100.0 MB - User 7
              3. [10:15:01] Upload Completed - 100.0 MB - User 7
              4. [10:15:01] Download Started - 100.0 MB - User 5 | File size: 45.3 MB
            """.ReplaceLineEndings("\n"));
        line.State.Should().Contain("verdict", "Killed").And.Contain("in_flight", 1).And.Contain("sessions", 2L);
        watch.Watch.PreviousRun!.Describe().Should().Be(line.Text);
    }

    [Fact]
    public void What_ran_before_the_watch_was_started_is_recorded_too()
    {
        using var watch = Recorded();
        using var early = watch.Watch.Track("Early");
        watch.Tick();

        LiveBox.Read(Box).InFlight.Should().ContainSingle().Which.Name.Should().Be("Early");
        early.Dispose();
        LiveBox.Read(Box).InFlight.Should().BeEmpty();
    }

    [Fact]
    public void An_operation_is_in_the_file_before_its_line_is_in_the_log()
    {
        using var watch = Recorded();
        watch.Tick();
        var inFlight = new List<int>();
        watch.Log.BeforeLine = () => inFlight.Add(LiveBox.Read(Box).InFlight.Count);

        watch.Watch.Track("Download").Dispose();

        inFlight.Should().Equal(1, 0);
    }

    [Fact]
    public void Samples_come_once_a_second_while_healthy_and_every_tick_above()
    {
        using var watch = Recorded(o => o.Interval = TimeSpan.FromMilliseconds(100));
        watch.Tick(100, 0);
        var start = LiveBox.Read(Box).LastSequence;
        for (var i = 0; i < 50; i++)
        {
            watch.Tick(100, 0.1);
        }

        (LiveBox.Read(Box).LastSequence - start).Should().Be(5);

        watch.Tick(360, 0.1);
        start = LiveBox.Read(Box).LastSequence;
        for (var i = 0; i < 50; i++)
        {
            watch.Tick(360, 0.1);
        }

        (LiveBox.Read(Box).LastSequence - start).Should().Be(50);
    }

    [Fact]
    public void A_change_of_kills_or_group_is_recorded_at_once()
    {
        using var watch = Recorded();
        watch.Reader.Container = new() { OomKills = 0 };
        watch.Tick(100);
        watch.Reader.Container = new() { OomKills = 1 };
        watch.Tick(100, 0.1);
        LiveBox.Read(Box).LastSample!.Snapshot.Container.OomKills.Should().Be(1);

        watch.Reader.Group = new MemoryGroup("/moved", 1, 2);
        watch.Tick(100, 0.1);
        LiveBox.Read(Box).LastSample!.Group!.Inode.Should().Be(2);
    }

    [Fact]
    public void A_disk_that_hangs_at_the_start_holds_up_nobody_and_is_used_once_it_answers()
    {
        // As long as another process holds the lock, the file cannot be opened.
        var turn = new FileStream(Box + ".lock", FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var (log, reader, store) = (new LogCapture(), new FakeReader(), new OperationStore(static () => { }));
        using var meter = new WatchMeter(null, store.Totals);
        var teller = new Teller(
            new LastWords(store.InFlight, new(null, DiskFiles.Instance), log, TimeProvider.System),
            new CompactRecordLog(store.InFlight, store.Totals, log, TimeProvider.System),
            new Log(log, store.Journal, true, TimeProvider.System), meter);
        var tracker = new OperationTracker(store, new(reader, static () => { }), TimeProvider.System, teller, isMetered: true);
        using var early = tracker.Start("Early", default);
        var run = new BlackBoxRun(
            new(Box, BoxFormat.SmallestSize, 1, null), tracker, reader, teller, log, TimeProvider.System, new(store, TimeProvider.System),
            patience: TimeSpan.FromMilliseconds(100));

        run.Start(MemorySnapshot.Empty, []);

        log.Of(LogEvents.BlackBoxLate).Should().ContainSingle();
        using var meanwhile = tracker.Start("Meanwhile", default);
        turn.Dispose();
        Deadline.Until(() => File.Exists(Box) && LiveBox.Read(Box).InFlight.Count == 2, "the file is there and knows what is in flight");
        run.Stop();
    }

    [Fact]
    public void After_the_stop_nothing_is_written_and_operations_may_still_end()
    {
        var watch = Recorded();
        watch.Tick();
        var scope = watch.Watch.Track("Download");
        watch.Dispose();
        var written = LiveBox.Read(Box).LastSequence;

        scope.Dispose();

        LiveBox.Read(Box).LastSequence.Should().Be(written);
    }

    [Fact]
    public void A_tick_with_a_black_box_allocates_no_more_than_one_without()
    {
        var options = new MemoryWatchOptions { BlackBox = { Path = Box }, ImminentThreshold = "99.9%", CriticalThreshold = "99.8%", ElevatedThreshold = "1MB" };
        using var watch = new MemoryWatcher(
            options, new LogCapture { Lowest = LogLevel.Warning }, TimeProvider.System, MemoryReader.Create(TimeProvider.System), new ManualPacer(), null, TimeSpan.FromSeconds(1));
        var run = watch.Prepare()!;

        SpinWait.SpinUntil(() => Allocated(() => run.Tick()) <= 100 * 1024, TimeSpan.FromSeconds(20)).Should().BeTrue();
        watch.Current.Zone.Should().Be(MemoryZone.Elevated, "every tick is recorded");
        SpinWait.SpinUntil(() => Allocated(() => watch.Mark("Session Created", "User 1")) == 0, TimeSpan.FromSeconds(20)).Should().BeTrue();
    }

    private static long Allocated(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            act();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private WatchHarness Recorded(Action<MemoryWatchOptions>? configure = null, Action<MemoryWatchBuilder>? plug = null) => new(
        o =>
        {
            o.BlackBox.Path = Box;
            configure?.Invoke(o);
        },
        plug);
}
