using System.Collections.Concurrent;
using MemoryWatch.Act;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Watch;

/// <summary>Whole runs, one after another, in one folder and with one clock on the wall.</summary>
public sealed class RestartTests : IDisposable
{
    private const double Critical = 460;
    private const double Imminent = 505;

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<int> _stopped = new();
    private readonly ManualResetEventSlim _never = new();
    private DateTimeOffset _now = new(2026, 12, 1, 21, 0, 0, TimeSpan.Zero);
    private string _box;

    public RestartTests() => _box = _folder.File("memory.blackbox");

    public void Dispose()
    {
        _never.Set();
        _folder.Dispose();
        _never.Dispose();
    }

    [Fact]
    public void Twenty_starts_in_empty_folders_restart_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            _box = _folder.File($"{i}/memory.blackbox");
            using var run = Start();

            Suffer(run);

            run.Watch.Draining.IsCancellationRequested.Should().BeFalse();
            run.Log.Of(LogEvents.RestartNotArmed).Single().Text.Should().StartWith("Restart not armed: nothing here outlives a restart");
            run.Log.Of(LogEvents.RestartRefused).Should().ContainSingle("it is said once");
            End(run);
        }

        _stopped.Should().BeEmpty();
    }

    [Fact]
    public void Where_a_run_has_been_before_memory_that_stays_imminent_ends_in_a_restart()
    {
        StartOnce();
        using var run = Start();
        run.Log.Of(LogEvents.RestartArmed).Single().Text.Should().Be("Restart armed from the zone Imminent: 0 of 3 made in the last 24 hours, none in the first 10 min");
        using var download = run.Watch.Track("Download", "User 5");
        run.Watch.Track("Poller");

        Suffer(run);

        run.Watch.Draining.IsCancellationRequested.Should().BeTrue();
        run.Log.Of(LogEvents.RestartBegan).Single().Text.Should().Be(
            "🔄 RESTART ON PURPOSE: memory is Imminent (505.0 MB of 512 MB) and relief did not help. No more work is taken; waiting up to 30 s for 1 in flight. Number 1 of 3 in 24 hours");
        _stopped.Should().BeEmpty("the download is in flight");
        run.Tick(Imminent).Should().BeLessOrEqualTo(Drain.Quiet);
        download.Dispose();
        run.Tick(Imminent, 0.1);
        run.Tick(Imminent, 0.1);

        Deadline.Until(() => !_stopped.IsEmpty, "the program is stopped");
        _stopped.Should().Equal(75);
        run.Log.Of(LogEvents.RestartStopping).Single().Text.Should().MatchRegex("RESTART ON PURPOSE: nothing is in flight after [0-9.]+ s; stopping the program, exit code 75$");
        End(run);

        using var next = Start();
        next.Watch.PreviousRun!.Describe().Should().StartWith("🔄 PREVIOUS RUN: restarted on purpose, nothing in flight was lost\n");
        next.Watch.PreviousRun!.Verdict.Should().Be(RunVerdict.Restarted);
        next.Log.Of(LogEvents.RestartArmed).Single().Text.Should().Contain(": 1 of 3 made");
        End(next);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void In_the_critical_zone_it_is_enough_that_refusing_work_does_not_help(bool isStarved, bool restarts)
    {
        StartOnce();
        using var run = Start();
        run.Tick(100, 900);
        run.Watch.ReportAdmission(isStarved);

        run.Tick(Critical);
        run.Tick(Critical);

        run.Watch.Draining.IsCancellationRequested.Should().Be(restarts);
        End(run);
    }

    [Fact]
    public void What_does_not_end_in_time_is_named_and_lost()
    {
        StartOnce();
        using var run = Start();
        run.Watch.Track("Download", "User 5");
        Suffer(run);

        run.Tick(Imminent, 30);

        Deadline.Until(() => !_stopped.IsEmpty, "the program is stopped");
        run.Log.Of(LogEvents.RestartStopping).Single().Text.Should().Contain("1 operation in flight may be lost: Download (User 5) for ");
        End(run);
        using var next = Start();
        next.Watch.PreviousRun!.Describe().Should().StartWith("🔄 PREVIOUS RUN: restarted on purpose, 1 operation in flight was lost\n").And.Contain("In flight: Download | User 5");
        End(next);
    }

    [Fact]
    public void The_fourth_within_a_day_is_refused_and_allowed_a_day_after_the_first()
    {
        StartOnce();
        for (var i = 1; i <= 3; i++)
        {
            Restart();
            _stopped.Should().HaveCount(i);
        }

        Restart();
        _stopped.Should().HaveCount(3);
        _now += TimeSpan.FromHours(23.5);
        Restart();
        _stopped.Should().HaveCount(4);
    }

    [Fact]
    public void A_clock_that_is_set_back_allows_no_more()
    {
        StartOnce();
        Restart();
        Restart();
        Restart();
        _now -= TimeSpan.FromDays(40);

        Restart();

        _stopped.Should().HaveCount(3);
    }

    [Fact]
    public void A_clock_that_is_set_far_ahead_and_back_has_forgotten_none()
    {
        StartOnce();
        Restart();
        Restart();
        Restart();
        _now += TimeSpan.FromDays(400);
        StartOnce();
        _now -= TimeSpan.FromDays(400);

        Restart();

        _stopped.Should().HaveCount(3);
    }

    [Fact]
    public void In_the_first_ten_minutes_there_is_none_and_afterwards_there_is()
    {
        StartOnce();
        using var run = Start();
        run.Tick();
        run.Tick(Imminent);
        run.Tick(Imminent);
        run.Log.Of(LogEvents.RestartRefused).Single().Text.Should().StartWith(
            "Relief did not help, but the program is not restarted: the program has been running for ");

        run.Tick(Imminent, 599);

        run.Watch.Draining.IsCancellationRequested.Should().BeTrue();
        End(run);
    }

    [Fact]
    public void A_box_that_cannot_be_read_forbids_it_for_a_day()
    {
        StartOnce();
        File.WriteAllBytes(_box, new byte[4096]);
        using (var run = Start())
        {
            run.Log.Of(LogEvents.RestartNotArmed).Single().Text.Should().Contain("the black box of the previous run cannot be read");
            Suffer(run);
            End(run);
        }

        using (var run = Start())
        {
            run.Log.Of(LogEvents.RestartNotArmed).Single().Text.Should().MatchRegex(
                "not all restarts of the last 24 hours are known; from 2026-12-02 [0-9:]+ UTC on they are$");
            Suffer(run);
            End(run);
        }

        _stopped.Should().BeEmpty();
        _now += TimeSpan.FromHours(24);
        Restart();
        _stopped.Should().ContainSingle();
    }

    [Fact]
    public void Without_a_black_box_or_a_way_to_stop_it_is_not_armed()
    {
        using var run = new WatchHarness(o => o.Restart.Enabled = true, startTime: _now);
        run.Tick();
        using var boxless = new WatchHarness(plug: b => b.AddDrainedRestart(_stopped.Enqueue), startTime: _now, process: Process());
        boxless.Tick();

        run.Log.Of(LogEvents.RestartNotArmed).Single().Text.Should().Be("Restart not armed: the program does not use AddDrainedRestart");
        boxless.Log.Of(LogEvents.RestartNotArmed).Single().Text.Should().Be("Restart not armed: there is no black box, in which restarts are counted");
    }

    [Fact]
    public void An_operator_can_turn_it_off_while_the_program_runs()
    {
        StartOnce();
        using var run = Start();
        var options = Options(new());
        options.Restart.Enabled = false;
        run.Watch.Update(options);

        Suffer(run);

        run.Watch.Draining.IsCancellationRequested.Should().BeFalse();
        End(run);
    }

    [Fact]
    public void One_that_has_begun_comes_to_its_end_even_if_the_watch_is_switched_off_meanwhile()
    {
        StartOnce();
        using var run = Start();
        using var download = run.Watch.Track("Download", "User 5");
        Suffer(run);
        var options = Options(new());
        (options.Enabled, options.Restart.Enabled) = (false, false);
        run.Watch.Update(options);

        run.Tick(Imminent, 30);

        Deadline.Until(() => !_stopped.IsEmpty, "the program is stopped");
        End(run);
    }

    [Fact]
    public void Without_the_setting_nothing_is_said_and_nothing_is_done()
    {
        using var run = new WatchHarness(o => Options(o).Restart.Enabled = false, startTime: _now);
        Suffer(run);

        run.Log.Lines.Should().NotContain(line => line.Event.Id >= LogEvents.RestartArmed && line.Event.Id <= LogEvents.RestartCallbackFailed);
    }

    [Fact]
    public void While_a_step_may_still_help_the_program_is_not_restarted()
    {
        StartOnce();
        using var gate = new ManualResetEventSlim();
        using var run = Start(b => b.AddRelief("Slow", MemoryZone.Imminent, _ => Task.Run(() => gate.Wait(Deadline.Backstop))));

        Suffer(run);

        run.Watch.Draining.IsCancellationRequested.Should().BeFalse();
        gate.Set();
        run.TickUntil(() => run.Watch.Draining.IsCancellationRequested);
        End(run);
    }

    private MemoryWatchOptions Options(MemoryWatchOptions options)
    {
        (options.Limit, options.BlackBox.Path, options.EnableCollectionWhenHigh) = ("512MB", _box, false);
        options.Restart.Enabled = true;
        options.Restart.Background = ["Poller"];
        return options;
    }

    private WatchHarness Start(Action<MemoryWatchBuilder>? plug = null)
    {
        var run = new WatchHarness(
            o => Options(o),
            builder =>
            {
                builder.AddDrainedRestart(_stopped.Enqueue);
                plug?.Invoke(builder);
            },
            _now, Process());
        run.Tick(100);
        return run;
    }

    private ProcessExit Process() => new(static _ => { }, _ => _never.Wait(Deadline.Backstop * 4), static _ => { });

    /// <summary>Memory is imminent after a quarter of an hour, and stays so.</summary>
    private static void Suffer(WatchHarness run)
    {
        run.Tick(100, 900);
        run.Tick(Imminent);
        run.Tick(Imminent);
    }

    private void End(WatchHarness run)
    {
        run.Dispose();
        _now = run.Time.GetUtcNow() + TimeSpan.FromSeconds(1);
    }

    private void StartOnce() => End(Start());

    private void Restart()
    {
        var before = _stopped.Count;
        using var run = Start();
        Suffer(run);
        if (run.Watch.Draining.IsCancellationRequested)
        {
            run.Tick(Imminent);
            run.Tick(Imminent);
            Deadline.Until(() => _stopped.Count > before, "the program is stopped");
        }

        End(run);
    }
}
