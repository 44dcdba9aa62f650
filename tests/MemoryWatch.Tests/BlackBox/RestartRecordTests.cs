using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.Tests.BlackBox;

public sealed class RestartRecordTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 21, 0, 0, TimeSpan.Zero);

    private static readonly DrainedRestart Begun = new()
    {
        Began = Now,
        Zone = MemoryZone.Imminent,
        UsedBytes = 505 << 20,
        LimitBytes = 512 << 20,
        LeftInFlight = 3,
        Background = ["Poller", "Heartbeat ❤"],
        ExitCode = 75,
        NumberOfDay = 2,
    };

    private static readonly DateTimeOffset[] Times = [Now - TimeSpan.FromHours(30), Now - TimeSpan.FromHours(2), Now];

    [Fact]
    public void What_was_written_is_read()
    {
        var bench = new BoxBench();
        var ledger = new RestartLedger(RestartMemory.Read, Times, Now - TimeSpan.FromDays(2));

        bench.Recorder.RecordRestart(ledger, Begun).Should().BeTrue();

        var read = bench.Read().Restarts;
        read.Own.Should().BeEquivalentTo(Begun);
        read.Times.Should().Equal(Times);
        read.CountedFrom.Should().Be(Now - TimeSpan.FromDays(2));
        read.IsSound.Should().BeTrue();
    }

    [Fact]
    public void The_end_has_its_own_place_and_can_be_counted_again()
    {
        var bench = new BoxBench();
        var ledger = new RestartLedger(RestartMemory.Read, Times, null);
        bench.Recorder.RecordRestart(ledger, Begun);
        bench.Recorder.RecordRestart(ledger, With(waitedSeconds: 4, left: 1));

        bench.Recorder.RecordRestart(ledger, With(waitedSeconds: 4, left: 0));

        bench.Read().Restarts.Own.Should().BeEquivalentTo(With(waitedSeconds: 4, left: 0));
    }

    [Fact]
    public void Names_that_do_not_fit_are_left_out_whole()
    {
        var bench = new BoxBench();
        var names = Enumerable.Range(0, 20).Select(i => $"Operation that never ends, number {i}").ToArray();

        bench.Recorder.RecordRestart(new(RestartMemory.Read, Times, null), new() { Began = Now, Background = names });

        bench.Read().Restarts.Own!.Background.Should().NotBeEmpty().And.Equal(names.Take(bench.Read().Restarts.Own!.Background.Count));
    }

    [Fact]
    public void As_many_times_as_the_settings_allow_fit()
    {
        var bench = new BoxBench();
        var times = Enumerable.Range(0, RestartLedger.Most).Select(i => Now + TimeSpan.FromMinutes(i)).ToArray();

        bench.Recorder.RecordRestart(new(RestartMemory.Read, times, null), Begun);

        bench.Read().Restarts.Times.Should().Equal(times);
        (RestartRecord.NamesOffset < BoxFormat.RecordSize).Should().BeTrue();
    }

    [Fact]
    public void A_run_that_stopped_after_its_restart_was_restarted_and_one_that_was_stopped_before_was_not()
    {
        var (restarted, stopped) = (new BoxBench(), new BoxBench());
        restarted.Recorder.RecordRestart(new(RestartMemory.Read, Times, null), With(waitedSeconds: 4, left: 0));
        restarted.Recorder.Stop(TimeSpan.FromSeconds(1));
        stopped.Recorder.RecordRestart(new(RestartMemory.Read, Times, null), Begun);
        stopped.Recorder.Stop(TimeSpan.FromSeconds(1));

        restarted.Judge().Describe().Should().StartWith("🔄 PREVIOUS RUN: restarted on purpose, nothing in flight was lost\n")
            .And.Contain("├─ Restart: [21:00:00] memory was Imminent (505.0 MB of 512 MB) and relief did not help; 0 operations in flight after 4.0 s, exit code 75; number 2 in 24 hours\n");
        stopped.Judge().Verdict.Should().Be(RunVerdict.Clean);
        stopped.Judge().Describe().Should().StartWith("✅ PREVIOUS RUN: stopped\n").And.Contain("it was waiting for what was in flight, 3 operations at first");
    }

    [Fact]
    public void What_was_left_is_lost_unless_it_is_not_waited_for()
    {
        var bench = new BoxBench();
        bench.Track("Download", "User 5");
        bench.Track("Poller");
        bench.Recorder.RecordRestart(new(RestartMemory.Read, Times, null), With(waitedSeconds: 30, left: 1));
        bench.Recorder.Stop(TimeSpan.FromSeconds(1));

        bench.Judge().Describe().Should().StartWith("🔄 PREVIOUS RUN: restarted on purpose, 1 operation in flight was lost\n")
            .And.Contain("In flight: Download | User 5");
    }

    [Fact]
    public void A_run_that_was_killed_while_it_waited_is_not_said_to_have_been_restarted()
    {
        var bench = new BoxBench();
        bench.Track("Download", "User 5");
        bench.Tick();
        bench.Recorder.RecordRestart(new(RestartMemory.Read, Times, null), Begun);

        var run = bench.Judge();

        run.Verdict.Should().Be(RunVerdict.EndedWithoutMark);
        run.Restart!.Waited.Should().BeNull();
        run.InFlight.Should().ContainSingle();
    }

    [Fact]
    public void Whatever_a_disk_does_a_restart_that_is_not_written_is_said_not_to_be()
    {
        var bench = new BoxBench();
        bench.File.BeforeWrite = () => throw new IOException("No space left on device");

        bench.Recorder.RecordRestart(RestartLedger.None, Begun).Should().BeFalse();

        bench.File.BeforeWrite = null;
        bench.Writer.Close();
        bench.Recorder.RecordRestart(RestartLedger.None, Begun).Should().BeFalse();
    }

    [Fact]
    public void A_damaged_place_makes_the_count_unknown()
    {
        var bench = new BoxBench();
        bench.Recorder.RecordRestart(new(RestartMemory.Read, Times, null), Begun);
        bench.File.Bytes[RestartRecord.OffsetOf(RestartPhase.Began) + RestartRecord.TimesOffset] ^= 1;

        var ledger = RunRestarts.Ledger([Left(bench)], null, Now);

        ledger.Should().BeEquivalentTo(new { Memory = RestartMemory.Read, CountedFrom = (DateTimeOffset?)Now });
    }

    [Fact]
    public void Files_of_earlier_versions_know_of_none()
    {
        var ledger = RunRestarts.Ledger([Left(new BoxBench())], null, Now);

        ledger.Should().BeEquivalentTo(new RestartLedger(RestartMemory.Read, [], null));
    }

    [Fact]
    public void Files_that_ended_together_are_added_up_and_what_cannot_be_read_is_not_none()
    {
        var (one, other) = (new BoxBench(), new BoxBench());
        one.Recorder.RecordRestart(new(RestartMemory.Read, [Times[0], Times[1]], null), Begun);
        other.Recorder.RecordRestart(new(RestartMemory.Read, [Times[1], Times[2]], null), Begun);

        RunRestarts.Ledger([Left(one), Left(other)], null, Now).Should().BeEquivalentTo(new RestartLedger(RestartMemory.Read, Times, null));
        RunRestarts.Ledger([Left(one), new("x", null, "damaged")], null, Now).CountedFrom.Should().Be(Now);
        RunRestarts.Ledger([new("x", null, "damaged")], null, Now).Memory.Should().Be(RestartMemory.Unreadable);
        RunRestarts.Ledger([], null, Now).Should().BeEquivalentTo(new RestartLedger(RestartMemory.NoPreviousRun, [], null));
        RunRestarts.Ledger([], Left(one), Now).Should().BeEquivalentTo(new RestartLedger(RestartMemory.NoPreviousRun, [Times[0], Times[1]], null));
    }

    private static LeftBox Left(BoxBench bench) => new("left", bench.Read(), string.Empty);

    private static DrainedRestart With(double waitedSeconds, int left) => new()
    {
        Began = Begun.Began,
        Zone = Begun.Zone,
        UsedBytes = Begun.UsedBytes,
        LimitBytes = Begun.LimitBytes,
        Background = Begun.Background,
        ExitCode = Begun.ExitCode,
        NumberOfDay = Begun.NumberOfDay,
        LeftInFlight = left,
        Waited = TimeSpan.FromSeconds(waitedSeconds),
    };
}
