using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>The history survives the process: the next start has the last minutes as they were, and the days before.</summary>
public sealed class HistoryRestoreTests : IDisposable
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly TempFolder _folder = new();
    private int _kills;

    private string Box => _folder.File("memory.blackbox");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_minutes_of_a_killed_run_are_there_at_full_detail_with_the_restart_and_its_verdict()
    {
        using var killed = Start();
        killed.Tick(100);
        using (killed.Watch.Track("Upload", "User 7"))
        {
            killed.Tick(120);
        }

        var download = killed.Watch.Track("Download", "User 5");
        for (var i = 0; i < 58; i++)
        {
            killed.Tick(130 + i);
        }

        killed.Tick(460);
        using var watch = Restart(killed, after: TimeSpan.FromSeconds(20));
        download.Dispose();
        watch.Tick(90);

        var history = watch.Watch.History(TimeSpan.FromMinutes(10));

        history.Points.Should().HaveCountGreaterOrEqualTo(62);
        history.Points.Where(point => point.UsedMaxBytes == Bytes.Megabytes(460)).Should().ContainSingle();
        history.Points.Where(point => point.FollowsGap).Should().ContainSingle().Which.UsedMaxBytes.Should().Be(Bytes.Megabytes(100), "nothing is read between the runs");
        history.Points[^1].UsedMaxBytes.Should().Be(Bytes.Megabytes(90));
        var restart = history.Marks.Should().ContainSingle(mark => mark.Kind == MemoryHistoryMarkKind.Restart).Subject;
        restart.Verdict.Should().Be(RunVerdict.LikelyKilled);
        restart.Text.Should().Be("💀 PREVIOUS RUN: OOM-killed by the kernel (likely): it was near its limit");
        history.Marks.Should().ContainSingle(mark => mark.Kind == MemoryHistoryMarkKind.Spike).Which.Text.Should().StartWith("⚠️ MEMORY SPIKE DETECTED");
        history.Marks.Should().ContainSingle(mark => mark.Kind == MemoryHistoryMarkKind.Start, "the first run started within the window");
        history.Operations.Select(span => (span.Name, span.Outcome, span.IsOfPreviousRun)).Should().Equal(
            ("Upload", OperationOutcome.Completed, true), ("Download", OperationOutcome.Unknown, true));
        history.Operations[1].End.Should().Be(killed.Time.GetUtcNow());
    }

    [Fact]
    public void The_days_before_are_there_at_ten_minutes_and_go_on_over_several_restarts()
    {
        var watch = Start(o => o.Interval = TimeSpan.FromSeconds(60));
        for (var day = 1; day <= 3; day++)
        {
            for (var minute = 0; minute < 24 * 60; minute++)
            {
                watch.Tick(100 * day, seconds: 60);
            }

            var next = Restart(watch, after: TimeSpan.FromSeconds(30), o => o.Interval = TimeSpan.FromSeconds(60));
            watch.Dispose();
            watch = next;
        }

        watch.Tick(50, seconds: 60);
        var week = watch.Watch.History(Week);

        week.Resolution.Should().Be(TimeSpan.FromMinutes(10));
        week.Points.Should().HaveCountGreaterOrEqualTo(3 * 144);
        week.Points.Select(point => point.Time).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        foreach (var day in new[] { 1, 2, 3 })
        {
            week.Points.Count(point => point.UsedMaxBytes == Bytes.Megabytes(100 * day)).Should().BeInRange(142, 146);
        }

        week.Marks.Count(mark => mark.Kind == MemoryHistoryMarkKind.Restart).Should().Be(3, "each restart is a mark");
        watch.Watch.History(TimeSpan.FromDays(1)).Points.Should().HaveCountGreaterThan(130, "the day before is there, if less finely");
        watch.Dispose();
    }

    [Fact]
    public void A_run_that_dies_within_minutes_again_and_again_leaves_each_restart()
    {
        var watch = Start();
        watch.Tick(100);
        for (var run = 0; run < 12; run++)
        {
            for (var i = 0; i < 5; i++)
            {
                watch.Tick(100 + run, seconds: 1);
            }

            var next = Restart(watch, after: TimeSpan.FromMinutes(10));
            watch.Dispose();
            watch = next;
            watch.Tick(100);
        }

        var marks = watch.Watch.History(Week).Marks;
        marks.Count(mark => mark.Kind == MemoryHistoryMarkKind.Restart).Should().Be(12);
        marks.Count(mark => mark.Kind == MemoryHistoryMarkKind.Start).Should().Be(1);
        watch.Watch.History(Week).Points.Select(point => point.UsedMaxBytes).Should().Contain(Enumerable.Range(1, 11).Select(run => (long?)Bytes.Megabytes(100 + run)));
        watch.Dispose();
    }

    [Fact]
    public void Metrics_are_found_by_their_key_whatever_their_order()
    {
        using var killed = Start(plug: b => b.AddMetric("Sessions", () => 3).AddMetric("Queue", () => 70_000).AddMetric("Old", () => 1));
        Ticks(killed, 25, seconds: 60);
        using var watch = Restart(killed, TimeSpan.FromMinutes(1), plug: b => b.AddMetric("New", () => 5).AddMetric("Queue", () => 1).AddMetric("Sessions", () => 2));
        watch.Tick();

        foreach (var window in new[] { TimeSpan.FromMinutes(10), Week })
        {
            var history = watch.Watch.History(window);
            history.Metrics.Select(metric => metric.Name).Should().Equal("New", "Queue", "Sessions", "Threads", "Open files");
            history.Points[1].Metrics.Should().Equal(null, 70_000, 3, 8, 15);
        }
    }

    [Fact]
    public void A_point_is_written_once_when_its_ten_minutes_are_over_and_at_the_stop()
    {
        var watch = Start();
        watch.Tick();
        var before = Points();
        Ticks(watch, 500);
        Points().Should().Equal(before, "the first ten minutes are not over");

        Ticks(watch, 700);
        var after = Points();
        after.Count.Should().Be(2);
        watch.Dispose();
        Points().Count.Should().Be(3, "the open point is written at the stop");

        IReadOnlyList<string> Points() => [.. LiveBox.Read(Box).History.Points.Select(point => $"{point.Start:t} {point.Row[HistoryRow.UsedMax]}")];
    }

    [Fact]
    public void A_run_that_was_stopped_leaves_its_history_too()
    {
        using (var stopped = Start())
        {
            Ticks(stopped, 30, seconds: 60);
        }

        using var watch = new WatchHarness(o => o.BlackBox.Path = Box, startTime: new(2026, 11, 22, 10, 50, 0, TimeSpan.Zero));
        watch.Tick();

        var history = watch.Watch.History(TimeSpan.FromHours(2));
        history.Points.Should().HaveCountGreaterOrEqualTo(30);
        history.Marks.Should().ContainSingle(mark => mark.Kind == MemoryHistoryMarkKind.Restart).Which.Verdict.Should().Be(RunVerdict.Clean);
    }

    [Fact]
    public void A_small_file_keeps_its_hours_and_wraps_around()
    {
        using var watch = Start(o => o.BlackBox.Size = "128KB");
        Ticks(watch, 24 * 60, seconds: 60);
        new FileInfo(Box).Length.Should().Be(128 << 10);

        using var next = Restart(watch, TimeSpan.FromSeconds(30), o => o.BlackBox.Size = "128KB");
        next.Tick();
        var points = next.Watch.History(Week).Points;
        points.Count.Should().BeInRange(18 * 4 - 3, 18 * 4 + 2);
        points.Select(point => point.Time).Should().BeInAscendingOrder();
    }

    [Fact]
    public void The_smallest_file_has_the_last_samples()
    {
        using var watch = Start(o => o.BlackBox.Size = "64KB");
        Ticks(watch, 60);
        new FileInfo(Box).Length.Should().Be(64 << 10);

        using var next = Restart(watch, TimeSpan.FromSeconds(30), o => o.BlackBox.Size = "64KB");
        next.Tick();

        next.Watch.History(TimeSpan.FromMinutes(10)).Points.Should().HaveCountGreaterThan(15);
        next.Watch.History(Week).Marks.Should().ContainSingle(mark => mark.Kind == MemoryHistoryMarkKind.Restart);
    }

    [Fact]
    public void Whatever_a_file_holds_what_is_carried_over_can_be_read_and_carried_on()
    {
        var bench = new BoxBench(BoxFormat.WatchRingOffset + 200 * BoxFormat.RecordSize, metrics: [new("Sessions")]);
        bench.WriteHistory();
        for (var i = 0; i < 60; i++)
        {
            bench.Track("Download", "User 5").Dispose();
            bench.Tick(100 + i);
        }

        var mutant = new Mutant(bench, new Random(42));
        var read = 0;
        for (var i = 0; i < 1000; i++)
        {
            mutant.Change();
            var recording = RecordingReader.Read(mutant.Read, mutant.Length, out _);
            mutant.Restore();
            if (recording is null)
            {
                continue;
            }

            read++;
            var keeper = new HistoryKeeper(new(static () => { }), bench.Time) { Interval = TimeSpan.FromSeconds(1) };
            keeper.Begin(bench.Metrics);
            new HistoryCarry(keeper, bench.Snapshot(), 17).Take(recording, null, bench.Next).Should().HaveCount(17 * BoxFormat.RecordSize);
            keeper.OnReport(BoxBench.Report(bench.Snapshot()));
            foreach (var window in new[] { TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), TimeSpan.FromDays(1), Week })
            {
                var history = keeper.Read(window, bench.Snapshot(), default);
                history.Points.Should().NotBeEmpty();
                history.Points.Zip(history.Points.Skip(1)).Should().NotContain(pair => pair.First.Time >= pair.Second.Time);
            }
        }

        read.Should().BeGreaterThan(500);
    }

    [Fact]
    public void A_file_of_an_earlier_version_has_its_samples()
    {
        using var killed = Start();
        Ticks(killed, 30);
        Change(Box, header =>
        {
            // As it was before there was a history: no such records, and bytes that nobody had named.
            header.AsSpan(BoxHeader.HistoryRecordsOffset, 4).Clear();
            return true;
        });

        using var watch = Restart(killed, TimeSpan.FromSeconds(5));
        watch.Tick();

        watch.Watch.History(TimeSpan.FromMinutes(10)).Points.Should().HaveCountGreaterOrEqualTo(31);
        watch.Watch.PreviousRun!.DamagedRecords.Should().Be(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Junk_in_the_history_is_no_history_and_harms_nothing_else(int seed)
    {
        var random = new Random(seed);
        using var killed = Start();
        Ticks(killed, 60, seconds: 60);
        var header = ReadHeader();
        Change(Box, bytes =>
        {
            for (var i = 0; i < header.HistoryRecords; i++)
            {
                var record = bytes.AsSpan((int)header.HistoryOffset + i * BoxFormat.RecordSize, BoxFormat.RecordSize);
                random.NextBytes(record);
                record[RecordFields.KindOffset] = (byte)RecordKind.History;
                if (seed > 0)
                {
                    // Believed, because its checksum is right.
                    RecordFields.Seal(record, header.Identity.Tag, 0);
                }
            }

            return false;
        });

        using var watch = Restart(killed, TimeSpan.FromSeconds(5));
        watch.Tick(77);

        watch.Watch.PreviousRun.Should().NotBeNull();
        foreach (var window in new[] { TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), Week })
        {
            var history = watch.Watch.History(window);
            history.Points[^1].UsedMinBytes.Should().Be(Bytes.Megabytes(77));
            history.Points.Select(point => point.Time).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        }

        watch.Watch.History(TimeSpan.FromHours(2)).Points.Should().HaveCountGreaterOrEqualTo(60, "the samples are sound");
    }

    [Fact]
    public void A_previous_run_of_a_clock_that_was_ahead_is_before_this_one()
    {
        using var killed = Start();
        Ticks(killed, 60);
        using var watch = Restart(killed, TimeSpan.FromHours(-3));
        watch.Tick(77);

        var points = watch.Watch.History(TimeSpan.FromMinutes(10)).Points;
        points.Should().HaveCountGreaterOrEqualTo(60);
        points.Select(point => point.Time).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        points[^1].UsedMaxBytes.Should().Be(Bytes.Megabytes(77));
    }

    private WatchHarness Start(
        Action<MemoryWatchOptions>? configure = null, Action<MemoryWatchBuilder>? plug = null, string? box = null, DateTimeOffset? at = null) => new(
        o =>
        {
            o.BlackBox.Path = box ?? Box;
            configure?.Invoke(o);
        },
        plug,
        at);

    /// <summary>The start after the process of another watch was killed, which goes on in another folder so that it can be compared.</summary>
    private WatchHarness Restart(
        WatchHarness killed, TimeSpan after, Action<MemoryWatchOptions>? configure = null, Action<MemoryWatchBuilder>? plug = null)
    {
        var box = _folder.File($"after-{++_kills}/memory.blackbox");
        LiveBox.CopyAsAfterAKill(_kills == 1 ? Box : _folder.File($"after-{_kills - 1}/memory.blackbox"), box);
        return Start(configure, plug, box, killed.Time.GetUtcNow() + after);
    }

    private static void Ticks(WatchHarness watch, int count, double seconds = 1)
    {
        for (var i = 0; i < count; i++)
        {
            watch.Tick(seconds: seconds);
        }
    }

    private BoxHeader ReadHeader()
    {
        using var file = new FileStream(Box, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var page = new byte[BoxFormat.HeaderSize];
        file.ReadExactly(page);
        return BoxHeader.Read(page, out _)!;
    }

    private static void Change(string path, Func<byte[], bool> change)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        if (change(bytes))
        {
            RecordFields.Put(
                bytes, BoxHeader.HeaderChecksumOffset, MemoryWatch.BlackBox.Format.Checksum.Of(bytes.AsSpan(BoxHeader.VersionOffset, BoxFormat.HeaderSize - BoxHeader.VersionOffset)));
        }

        file.Position = 0;
        file.Write(bytes);
    }
}
