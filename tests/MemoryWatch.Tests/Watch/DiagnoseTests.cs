using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Watch;

/// <summary>A diagnosis of a whole watch: what it learned from its ticks, and where it is told.</summary>
public sealed class DiagnoseTests
{
    private long _sessions;

    [Fact]
    public void Before_the_start_there_is_nothing_to_diagnose()
    {
        using var watch = new WatchHarness();

        watch.Watch.Diagnose().Should().BeSameAs(MemoryDiagnosis.Empty);
        MemoryWatcher.None.Diagnose().Should().BeSameAs(MemoryDiagnosis.Empty);
    }

    [Fact]
    public void It_is_computed_once_for_each_tick()
    {
        using var watch = new WatchHarness();
        watch.Tick();

        var diagnosis = watch.Watch.Diagnose();

        watch.Watch.Diagnose().Should().BeSameAs(diagnosis);
        diagnosis.Time.Should().Be(watch.Watch.Current.Time);
        watch.Tick();
        watch.Watch.Diagnose().Should().NotBeSameAs(diagnosis);
    }

    [Fact]
    public void Too_many_sessions_are_named_with_what_each_costs_in_the_alert_and_in_the_periodic_check()
    {
        using var watch = WithSessions();
        LogIn(watch, 7);

        watch.Log.Of(LogEvents.Zone).Should().Contain(line => line.Text.Contains("\nFinding: Too many items: Sessions is 7; at 40.0 MB each (39.2-40.8, "));
        watch.Log.Of(LogEvents.Zone).Last().State.Should().Contain("finding", "TooManyItems").And.Contain("finding_subject", "Sessions");
        watch.Tick(380, seconds: 301);
        watch.Log.Of(LogEvents.Snapshot).Last().Text.Should().Contain("\nFinding: Too many items: Sessions is 7;");
        watch.Watch.Diagnose().Costs.Single().BytesPerUnit.Value.Should().BeApproximately(Bytes.Megabytes(40), Bytes.Megabytes(1));
    }

    [Fact]
    public void A_healthy_program_has_no_finding_and_no_line()
    {
        using var watch = WithSessions();
        LogIn(watch, 3);
        for (var i = 0; i < 400; i++)
        {
            watch.Tick(220 + (i % 7));
        }

        watch.Watch.Diagnose().Findings.Should().BeEmpty();
        watch.Log.Lines.Should().NotContain(line => line.Text.Contains("Finding:"));
    }

    [Fact]
    public void A_diagnosis_may_be_asked_for_on_any_thread_while_the_watch_ticks()
    {
        using var watch = WithSessions();
        watch.Tick();
        var asking = Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                watch.Watch.Diagnose().Describe().Should().NotBeEmpty();
            }
        });
        while (!asking.IsCompleted)
        {
            _sessions++;
            watch.Tick(100 + (_sessions % 300));
        }

        asking.Invoking(task => task.GetAwaiter().GetResult()).Should().NotThrow();
    }

    private WatchHarness WithSessions()
    {
        var watch = new WatchHarness(plug: builder => builder.AddMetric("Sessions", () => _sessions));
        watch.Reader.Managed = new() { HeapBytes = Bytes.Megabytes(20), LiveBytes = Bytes.Megabytes(15), CommittedBytes = Bytes.Megabytes(20) };
        return watch;
    }

    private void LogIn(WatchHarness watch, int count)
    {
        for (var i = 0; i <= count; i++)
        {
            _sessions = i;
            for (var second = 0; second < 40; second++)
            {
                watch.Tick(100 + (i * 40));
            }
        }
    }
}
