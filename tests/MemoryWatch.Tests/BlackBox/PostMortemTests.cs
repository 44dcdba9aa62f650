using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>What is concluded from what a run left, and from what the kernel counts now.</summary>
public sealed class PostMortemTests
{
    private static readonly MemoryGroup Group = new("/sys/fs/cgroup/app", 29, 42);
    private static readonly MemoryGroup Fresh = Group with { Inode = 43 };

    private readonly BoxBench _bench = new();

    public PostMortemTests() => _bench.Reader.Group = Group;

    [Fact]
    public void A_kill_counted_in_the_same_group_and_boot_is_confirmed()
    {
        _bench.Tick(500, zone: MemoryZone.Imminent, kills: 0);

        var run = Judge(_bench.Next with { Group = Group, GroupKills = 1 });

        run.Verdict.Should().Be(RunVerdict.Killed);
        run.Evidence[0].Describe().Should().Be("this cgroup's OOM-kill count rose from 0 to 1 (same boot, same cgroup)");
    }

    [Fact]
    public void It_is_confirmed_even_where_memory_looked_fine_a_second_before()
    {
        _bench.Tick(100, kills: 3);

        Judge(_bench.Next with { Group = Group, GroupKills = 4 }).Verdict.Should().Be(RunVerdict.Killed);
    }

    [Fact]
    public void A_child_process_that_was_killed_while_the_run_went_on_is_not_its_own_end()
    {
        _bench.Tick(100, kills: 0);
        _bench.Tick(100, seconds: 0.2, kills: 1);

        var run = Judge(_bench.Next with { Group = Group, GroupKills = 1 });

        run.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        run.Evidence.Should().Contain(e => e.Describe().Contains("is still 1 (same boot, same cgroup): the kernel did not OOM-kill it"));
    }

    [Fact]
    public void A_count_that_did_not_rise_clears_the_kernel_however_near_the_limit_was()
    {
        _bench.Tick(508, zone: MemoryZone.Imminent, kills: 0);

        Judge(_bench.Next with { Group = Group, GroupKills = 0 }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
    }

    [Theory]
    [InlineData(460, MemoryZone.Critical, RunVerdict.LikelyKilled)]
    [InlineData(505, MemoryZone.Imminent, RunVerdict.LikelyKilled)]
    [InlineData(400, MemoryZone.Elevated, RunVerdict.EndedWithoutMark)]
    public void In_a_fresh_group_it_is_likely_where_it_was_last_seen_near_the_limit(double used, MemoryZone zone, RunVerdict verdict)
    {
        _bench.Tick(used, zone: zone, kills: 0);

        // The group's count is another group's, and says nothing.
        Judge(_bench.Next with { Group = Fresh, GroupKills = 7 }).Verdict.Should().Be(verdict);
    }

    [Theory]
    [InlineData(200, 350, RunVerdict.LikelyKilled)]
    [InlineData(300, 350, RunVerdict.EndedWithoutMark)]
    [InlineData(350, 300, RunVerdict.EndedWithoutMark)]
    public void It_is_likely_where_it_would_have_crossed_the_limit_within_two_seconds(double before, double last, RunVerdict verdict)
    {
        _bench.Tick(before);
        _bench.Tick(last);

        Judge(_bench.Next with { Group = Fresh }).Verdict.Should().Be(verdict);
    }

    [Fact]
    public void What_operations_saw_after_the_last_sample_counts()
    {
        _bench.Tick(300);
        _bench.Tick(310);
        _bench.Reader.ResidentMegabytes += 190;
        _bench.Mark("Just before the end");

        var run = Judge(_bench.Next with { Group = Fresh });

        run.Verdict.Should().Be(RunVerdict.LikelyKilled);
        run.Evidence[0].Describe().Should().Be("last seen with 500.0 MB of 512 MB used, growing by 10.0 MB a second");
    }

    [Theory]
    [InlineData(30, 40, true)]
    [InlineData(40, 46, true)]
    [InlineData(46, 46, true)]
    [InlineData(45, 45, false)]
    [InlineData(20, 25, false)]
    public void A_heap_that_was_about_to_reach_the_GCs_own_limit_is_told_of_a_run_that_left_no_word(long before, long last, bool isTold)
    {
        foreach (var heap in new[] { before, last })
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            var managed = new ManagedReading { HeapBytes = Bytes.Megabytes(heap), HeapLimitBytes = Bytes.Megabytes(48), IsHeapLimitEnforced = true };
            _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(100).With(managed: managed, zone: MemoryZone.Healthy)));
        }

        var run = Judge(_bench.Next with { Group = Group, GroupKills = 0 });

        run.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        run.Evidence.Any(e => e.Describe() == $"the GC heap was at {last}.0 MB of its 48 MB limit and may have run out").Should().Be(isTold);
    }

    [Fact]
    public void A_heap_limit_that_the_GC_does_not_enforce_is_none_and_committed_memory_does_not_count()
    {
        foreach (var managed in new ManagedReading[]
        {
            new() { HeapBytes = Bytes.Megabytes(47), HeapLimitBytes = Bytes.Megabytes(48) },
            new() { HeapBytes = Bytes.Megabytes(10), CommittedBytes = Bytes.Megabytes(47), HeapLimitBytes = Bytes.Megabytes(48), IsHeapLimitEnforced = true },
        })
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(100).With(managed: managed, zone: MemoryZone.Healthy)));

            Judge(_bench.Next with { Group = Group, GroupKills = 0 }).Evidence.Should().NotContain(e => e.Kind == RunEvidenceKind.HeapNearLimit);
        }
    }

    [Theory]
    [InlineData(0, RunVerdict.Killed)]
    [InlineData(null, RunVerdict.Killed)]
    [InlineData(3, RunVerdict.LikelyKilled)]
    public void A_kill_in_the_group_is_confirmed_far_from_the_limit_only_if_nobody_else_was_in_it(int? others, RunVerdict verdict)
    {
        Sample(9, others);
        _bench.Time.Advance(TimeSpan.FromSeconds(0.24));

        var run = Judge(_bench.Next with { Group = Group, GroupKills = 1, Started = _bench.Time.GetUtcNow() });

        run.Verdict.Should().Be(verdict);
        run.Evidence.Select(e => e.Describe()).Should().Equal(new[]
        {
            "this cgroup's OOM-kill count rose from 0 to 1 (same boot, same cgroup)",
            others switch
            {
                0 => "no other process was seen in the cgroup",
                3 => "3 other processes were in the cgroup: either one of them was killed and this run ended otherwise, or this run grew in the 240 ms between its last numbers and this start",
                _ => null!,
            },
            "last seen with 9.0 MB of 512 MB used",
        }.Where(text => text is not null));
        run.Describe().Should().StartWith(verdict == RunVerdict.Killed
            ? "💀 PREVIOUS RUN: OOM-killed by the kernel (confirmed)\n"
            : "💀 PREVIOUS RUN: OOM-killed by the kernel (likely): the kernel killed a process in its cgroup, where it was not alone\n");
    }

    [Fact]
    public void Near_its_limit_it_is_confirmed_whoever_else_was_in_the_group()
    {
        Sample(500, others: 3, MemoryZone.Imminent);

        Judge(_bench.Next with { Group = Group, GroupKills = 1 }).Verdict.Should().Be(RunVerdict.Killed);
    }

    [Fact]
    public void A_run_that_starts_processes_from_time_to_time_was_not_alone_although_none_ran_at_the_last_reading()
    {
        Sample(9, others: 1);
        Sample(9, others: 0);

        Judge(_bench.Next with { Group = Group, GroupKills = 1 }).Verdict.Should().Be(RunVerdict.LikelyKilled);
    }

    [Fact]
    public void Near_the_limit_goes_by_the_lower_bound_of_what_was_used()
    {
        var usage = new MemoryUsage
        {
            UsedBytes = Bytes.Megabytes(500), LeastUsedBytes = Bytes.Megabytes(150), Precision = UsagePrecision.AtMost,
            LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container,
        };
        var judgement = new ZoneJudgement(MemoryZone.Imminent, MemoryZone.Healthy, MemoryZone.Healthy, usage.Source);
        _bench.Recorder.OnReport(BoxBench.Report(new MemorySnapshot { Usage = usage, Process = new() { ResidentBytes = Bytes.Megabytes(150) } }.Judged(judgement)));

        var run = Judge(_bench.Next with { Group = Fresh });

        run.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        run.LastSnapshot!.Zone.Should().Be(MemoryZone.Imminent);
        run.Evidence[0].Describe().Should().Be("last seen with at least 150.0 MB of 512 MB used");
    }

    [Theory]
    [InlineData(LimitSource.GCHeap)]
    [InlineData(LimitSource.Process)]
    public void A_zone_of_another_limit_than_the_one_that_kills_is_not_near_it(LimitSource governing)
    {
        var usage = new MemoryUsage { UsedBytes = Bytes.Megabytes(300), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container };
        var judgement = governing == LimitSource.GCHeap
            ? new ZoneJudgement(MemoryZone.Healthy, MemoryZone.Healthy, MemoryZone.Critical, governing)
            : new ZoneJudgement(MemoryZone.Critical, MemoryZone.Critical, MemoryZone.Healthy, governing);
        _bench.Recorder.OnReport(BoxBench.Report(new MemorySnapshot { Usage = usage }.Judged(judgement)));

        Judge(_bench.Next with { Group = Fresh }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
    }

    [Fact]
    public void The_throttling_limit_does_not_kill()
    {
        var usage = new MemoryUsage { UsedBytes = Bytes.Megabytes(510), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Throttling };
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot().With(usage: usage, zone: MemoryZone.Imminent)));

        Judge(_bench.Next with { Group = Fresh }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
    }

    [Theory]
    [InlineData(0.009, false)]
    [InlineData(0.4, false)]
    [InlineData(0.5, true)]
    [InlineData(11, false)]
    public void A_pace_needs_two_readings_some_way_apart(double seconds, bool isPace)
    {
        _bench.Tick(10);
        _bench.Tick(350, seconds, MemoryZone.Elevated);

        Judge(_bench.Next with { Group = Fresh }).Verdict.Should().Be(isPace ? RunVerdict.LikelyKilled : RunVerdict.EndedWithoutMark);
    }

    [Fact]
    public void Many_readings_at_once_do_not_hide_a_pace()
    {
        _bench.Tick(200);
        _bench.Tick(350);
        for (var i = 0; i < 10; i++)
        {
            _bench.Tick(350 + i, seconds: 0.001, zone: MemoryZone.Elevated);
        }

        Judge(_bench.Next with { Group = Fresh }).Verdict.Should().Be(RunVerdict.LikelyKilled);
    }

    [Fact]
    public void A_small_rise_close_to_the_limit_is_no_pace()
    {
        _bench.Tick(507);
        _bench.Tick(511, seconds: 0.5);

        Judge(_bench.Next with { Group = Fresh }).Verdict.Should().Be(RunVerdict.EndedWithoutMark, "4 MB are less than a hundredth of the limit");
    }

    [Fact]
    public void A_kill_elsewhere_on_the_machine_is_named_in_the_title_as_what_the_verdict_rests_on()
    {
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(15).With(machine: new() { OomKills = 10 }, zone: MemoryZone.Healthy)));

        var run = Judge(_bench.Next with { Group = Fresh, MachineKills = 11, Started = _bench.Time.GetUtcNow().AddSeconds(2) });

        run.Describe().Should().StartWith(
            "💀 PREVIOUS RUN: OOM-killed by the kernel (likely): the kernel killed a process somewhere on this machine\n");
        run.Evidence.Select(e => e.Kind).Should().Equal(RunEvidenceKind.MachineKills, RunEvidenceKind.LastUsage);
    }

    [Fact]
    public void A_kill_elsewhere_says_nothing_of_a_run_that_no_burst_could_have_brought_to_its_limit()
    {
        var usage = new MemoryUsage { UsedBytes = Bytes.Megabytes(800), LimitBytes = Bytes.Megabytes(16384), Source = LimitSource.Machine };
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot().With(usage: usage, machine: new() { OomKills = 10 }, zone: MemoryZone.Healthy)));

        var run = Judge(_bench.Next with { Group = Fresh, MachineKills = 11, Started = _bench.Time.GetUtcNow() });

        run.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        run.Evidence[0].Kind.Should().Be(RunEvidenceKind.MachineKills);
    }

    [Fact]
    public void A_count_that_fell_is_another_count_and_says_nothing()
    {
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(505, kills: 3).With(machine: new() { OomKills = 10 }, zone: MemoryZone.Imminent)));

        var run = Judge(_bench.Next with { Group = Group, GroupKills = 2, MachineKills = 9 });

        run.Verdict.Should().Be(RunVerdict.LikelyKilled);
        run.Evidence.Select(e => e.Kind).Should().Equal(RunEvidenceKind.LastUsage, RunEvidenceKind.NotCounted);
        run.Describe().Should().StartWith("💀 PREVIOUS RUN: OOM-killed by the kernel (likely): it was near its limit\n");
    }

    [Fact]
    public void A_reading_without_the_count_does_not_make_an_earlier_kill_the_end()
    {
        _bench.Tick(100, kills: 0);
        _bench.Tick(100, kills: 1);
        _bench.Tick(100, kills: null);

        Judge(_bench.Next with { Group = Group, GroupKills = 1 }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
    }

    [Fact]
    public void The_count_at_the_start_is_not_compared_with_that_of_a_group_it_was_moved_to()
    {
        var header = _bench.Header with { Identity = _bench.Header.Identity with { Group = Group, GroupKills = 2 } };
        header.Write(_bench.File.Bytes.AsSpan(0, BoxFormat.HeaderSize));
        _bench.Reader.Group = Fresh;
        _bench.Tick(100, kills: null);

        Judge(_bench.Next with { Group = Fresh, GroupKills = 3 }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
    }

    [Fact]
    public void A_run_that_ended_otherwise_is_told_with_who_else_ends_processes()
    {
        _bench.Tick(508, zone: MemoryZone.Imminent, kills: 0);

        Judge(_bench.Next with { Group = Group, GroupKills = 0 }).Describe().Should()
            .StartWith("❔ PREVIOUS RUN: ended abruptly, no exit recorded\n")
            .And.Contain("├─ Who else ends a process like this: a host agent or the platform (SIGKILL), systemd-oomd, earlyoom, a debugger, FailFast, ");
    }

    [Fact]
    public void Quiet_operations_are_counted_although_they_are_not_recorded()
    {
        using var request = _bench.TrackQuiet("GET /");
        using var other = _bench.TrackQuiet("GET /");
        _bench.Tick(100, seconds: 1);
        _bench.Reader.ResidentMegabytes += 50;
        _bench.Tick(150);

        var run = Judge(_bench.Next);

        run.QuietInFlight.Should().Be(2);
        run.Describe().Should().Contain("├─ In flight: 2 quiet, which are not recorded\n");
        run.Cause!.Describe().Should().Contain("with no recorded operation in flight (not counting 2 quiet ones)");
    }

    [Fact]
    public void A_machine_that_killed_nothing_clears_the_kernel()
    {
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(505).With(machine: new() { OomKills = 10 }, zone: MemoryZone.Imminent)));

        Judge(_bench.Next with { Group = Fresh, MachineKills = 10 }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        Judge(_bench.Next with { Group = Fresh, MachineKills = 11 }).Verdict.Should().Be(RunVerdict.LikelyKilled);
    }

    [Theory]
    [InlineData(59, RunVerdict.LikelyKilled)]
    [InlineData(-59, RunVerdict.LikelyKilled)]
    [InlineData(61, RunVerdict.EndedWithoutMark)]
    [InlineData(86_400, RunVerdict.EndedWithoutMark)]
    public void A_kill_somewhere_on_the_machine_makes_it_likely_only_within_a_minute(int secondsUntilStart, RunVerdict verdict)
    {
        // A burst from nowhere: the last reading was a second before.
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(100).With(machine: new() { OomKills = 10 }, zone: MemoryZone.Healthy)));
        var start = _bench.Time.GetUtcNow().AddSeconds(secondsUntilStart);

        var run = Judge(_bench.Next with { Group = Fresh, MachineKills = 11, Started = start });

        run.Verdict.Should().Be(verdict);
        run.Evidence.Should().Contain(e => e.Describe().StartsWith("the machine's OOM-kill count (all containers) rose from 10 to 11 in the "));
    }

    [Fact]
    public void After_a_restart_of_the_machine_the_same_numbers_are_another_group()
    {
        _bench.Tick(505, zone: MemoryZone.Imminent, kills: 0);

        var run = Judge(new() { RunId = Guid.NewGuid(), BootId = Guid.NewGuid(), Group = Group, GroupKills = 1, MachineKills = 0 });

        run.Verdict.Should().Be(RunVerdict.LikelyKilled);
        run.Evidence.Should().Contain(e => e.Describe().StartsWith("the machine was restarted since"));
    }

    [Fact]
    public void Without_a_boot_to_compare_nothing_is_confirmed()
    {
        _bench.Tick(505, zone: MemoryZone.Imminent, kills: 0);

        Judge(new() { RunId = Guid.NewGuid(), Group = Group, GroupKills = 1 }).Verdict.Should().Be(RunVerdict.LikelyKilled);
    }

    [Fact]
    public void A_process_that_was_moved_is_judged_by_the_group_it_was_last_in()
    {
        _bench.Tick(100, kills: 5);
        _bench.Reader.Group = Fresh;
        _bench.Tick(100, seconds: 0.1, kills: 0);

        Judge(_bench.Next with { Group = Fresh, GroupKills = 1 }).Verdict.Should().Be(RunVerdict.Killed);
        Judge(_bench.Next with { Group = Group, GroupKills = 9 }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
    }

    [Fact]
    public void A_run_that_ended_before_its_first_sample_is_judged_by_its_header()
    {
        var header = _bench.Header with
        {
            Identity = _bench.Header.Identity with { Group = Group, GroupKills = 2 },
        };
        header.Write(_bench.File.Bytes.AsSpan(0, BoxFormat.HeaderSize));

        Judge(_bench.Next with { Group = Group, GroupKills = 3 }).Verdict.Should().Be(RunVerdict.Killed);
        Judge(_bench.Next with { Group = Group, GroupKills = 2 }).Verdict.Should().Be(RunVerdict.EndedWithoutMark);
    }

    [Theory]
    [InlineData(RecordKind.Stopped, 0, null, RunVerdict.Clean)]
    [InlineData(RecordKind.Exited, 3, 3, RunVerdict.Clean)]
    [InlineData(RecordKind.Crashed, 0, null, RunVerdict.Crashed)]
    internal void Its_own_mark_says_how_it_ended_whatever_else_points_to_a_kill(RecordKind mark, int number, int? exitCode, RunVerdict verdict)
    {
        _bench.Tick(508, zone: MemoryZone.Imminent, kills: 0);
        _bench.Recorder.WriteEnd(mark, number, "InvalidOperationException: Nobody caught me", TimeSpan.Zero);

        var run = Judge(_bench.Next with { Group = Group, GroupKills = 1 });

        run.Verdict.Should().Be(verdict);
        run.ExitCode.Should().Be(exitCode);
        run.Error.Should().Be(verdict == RunVerdict.Crashed ? "InvalidOperationException: Nobody caught me" : null);
    }

    [Fact]
    public void What_an_exception_ends_on_its_way_out_was_in_flight_when_it_was_thrown()
    {
        var download = _bench.Track("Download");
        _bench.Recorder.WriteEnd(RecordKind.Crashed, 0, "IOException: broken", TimeSpan.Zero);
        download.Dispose();
        _bench.Recorder.WriteEnd(RecordKind.Stopped, 0, null, TimeSpan.Zero);

        var run = Judge(_bench.Next);

        run.InFlight.Should().ContainSingle();
        run.RecentEntries.Select(e => e.Title).Should().Equal("Download Started");
        run.Verdict.Should().Be(RunVerdict.Crashed);
    }

    [Fact]
    public void A_crash_on_the_way_out_is_a_crash()
    {
        _bench.Recorder.WriteEnd(RecordKind.Stopped, 0, null, TimeSpan.Zero);
        _bench.Recorder.WriteEnd(RecordKind.Crashed, 0, "IOException: Port in use", TimeSpan.Zero);

        Judge(_bench.Next).Should().Match<PreviousRun>(r => r.Verdict == RunVerdict.Crashed && r.Error == "IOException: Port in use");
    }

    [Fact]
    public void A_runtime_that_had_no_memory_left_just_before_the_end_has_crashed()
    {
        _bench.Tick(100, kills: 0);
        _bench.Recorder.WriteEnd(RecordKind.OutOfMemory, 2, nameof(OutOfMemoryException), TimeSpan.Zero);
        _bench.Tick(100, kills: 0);

        Judge(_bench.Next with { Group = Group, GroupKills = 0 }).Should().Match<PreviousRun>(
            r => r.Verdict == RunVerdict.Crashed && r.Error == "OutOfMemoryException" && r.Evidence[0].Describe().Contains("2 OutOfMemoryExceptions"));
        Judge(_bench.Next with { Group = Group, GroupKills = 1 }).Verdict.Should().Be(RunVerdict.Killed);

        for (var second = 0; second < 5; second++)
        {
            _bench.Tick(100, kills: 0);
        }

        var survivor = Judge(_bench.Next with { Group = Group, GroupKills = 0 });
        survivor.Verdict.Should().Be(RunVerdict.EndedWithoutMark, "it lived on");
        survivor.Evidence.Should().Contain(
            e => e.Describe() == "2 OutOfMemoryExceptions were thrown and survived, the last one 6.0 s before the end");
    }

    [Fact]
    public void It_says_when_it_was_last_seen_and_how_long_it_ran()
    {
        _bench.Tick(100, seconds: 3600);
        _bench.Tick(120, seconds: 60);
        _bench.Time.Advance(TimeSpan.FromMilliseconds(400));
        _bench.Mark("Last");

        var run = Judge(_bench.Next);

        run.LastSeen.Should().Be(_bench.Time.GetUtcNow());
        run.Lifetime.Should().Be(TimeSpan.FromSeconds(3660.4));
        run.ProcessId.Should().Be(4711);
        run.LastSnapshot!.Usage.UsedBytes.Should().Be(120 << 20);
    }

    [Fact]
    public void More_in_flight_than_are_known_or_shown_are_counted_in_its_text()
    {
        for (var i = 0; i < 500; i++)
        {
            _bench.Track("Work", $"Number {i}");
        }

        var run = Judge(_bench.Next);

        (run.InFlight.Count + run.MoreInFlight).Should().Be(500);
        run.MoreInFlight.Should().BeGreaterThan(400);
        run.Describe().Should().Contain("In flight: Work | Number 19 | for 0 ms | Memory at start: 150.0 MB\n├─ In flight: and 480 more\n");
    }

    [Fact]
    public void A_clock_that_goes_backwards_confuses_nothing()
    {
        using var running = _bench.Track("Running");
        _bench.Tick(200);
        _bench.Mark("Before");
        _bench.SetClockBack(TimeSpan.FromHours(5));
        _bench.Tick(450, zone: MemoryZone.Critical);
        _bench.Mark("After");

        var run = Judge(_bench.Next with { Group = Fresh });

        run.RecentEntries.Select(e => e.Name).Should().Equal("Running", "Before", "After");
        run.RecentEntries[^1].Time.Should().BeBefore(run.RecentEntries[0].Time);
        run.LastSnapshot!.Usage.UsedBytes.Should().Be(450 << 20);
        run.LastSnapshot.Zone.Should().Be(MemoryZone.Critical);
        run.InFlight.Single().Age.Should().Be(TimeSpan.FromSeconds(2));
        run.Lifetime.Should().Be(TimeSpan.FromSeconds(2));
        run.Verdict.Should().Be(RunVerdict.LikelyKilled);
    }

    private void Sample(double used, int? others, MemoryZone zone = MemoryZone.Healthy)
    {
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        _bench.Recorder.OnReport(BoxBench.Report(
            _bench.Snapshot(used).With(container: new() { OomKills = 0, OtherProcesses = others }, zone: zone)));
    }

    private PreviousRun Judge(RunIdentity now) => _bench.Judge(now);
}
