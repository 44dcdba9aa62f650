using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

public sealed class ForgottenJudgeTests
{
    [Fact]
    public void Scopes_that_nobody_disposes_are_one_alert_that_names_them_and_their_number()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        Forget(watch, "Download", 5000);
        watch.Tick(seconds: 599);
        Lines(watch).Should().BeEmpty();

        watch.Tick(seconds: 2);
        watch.Tick();

        Lines(watch).Should().ContainSingle().Which.Should().Contain(
            "⚠️ FORGOTTEN OPERATIONS: Download: 5,000 operations in flight for over 10 min: is a Dispose missing?");
    }

    [Fact]
    public void Fewer_may_be_long_connections_and_are_no_alert()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        Forget(watch, "Socket", 999);
        watch.Tick(seconds: 700);

        Lines(watch).Should().BeEmpty();
    }

    [Fact]
    public void It_is_said_again_when_their_number_has_doubled_and_after_they_had_ended()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var scopes = Forget(watch, "Download", 1000);
        watch.Tick(seconds: 700);
        scopes.AddRange(Forget(watch, "Download", 900));
        watch.Tick(seconds: 700);
        Lines(watch).Should().HaveCount(1);

        scopes.AddRange(Forget(watch, "Download", 100));
        watch.Tick(seconds: 700);
        Lines(watch).Should().HaveCount(2);

        scopes.ForEach(s => s.Dispose());
        watch.Tick();
        Forget(watch, "Download", 1000);
        watch.Tick(seconds: 700);
        Lines(watch).Should().HaveCount(3);
    }

    [Fact]
    public void The_meter_has_the_number_in_flight_by_name()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        watch.Tick();
        var scopes = Forget(watch, "Download", 3);

        meter.Observe().Should().Contain("memorywatch.operations.in_flight 3 memorywatch.operation.name=Download");
        scopes.ForEach(s => s.Dispose());
        meter.Observe().Should().Contain("memorywatch.operations.in_flight 0 memorywatch.operation.name=Download");
    }

    [Fact]
    public void A_scope_that_ends_where_it_is_not_current_is_a_hint_in_the_log()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var first = watch.Watch.Track("First");
        using var second = watch.Watch.Track("Second");
        first.Dispose();

        watch.Log.Lines.Should().ContainSingle(line => line.Text.Contains("A scope of First ended where it was not the current one"));
    }

    private static List<OperationScope> Forget(WatchHarness watch, string name, int count)
    {
        var scopes = new List<OperationScope>();
        var flow = ExecutionContext.Capture()!;
        for (var i = 0; i < count; i++)
        {
            ExecutionContext.Run(flow, _ => scopes.Add(watch.Watch.Track(name, default, OperationVerbosity.Quiet)), null);
        }

        return scopes;
    }

    private static List<string> Lines(WatchHarness watch) => [.. watch.Log.Lines.Select(line => line.Text).Where(text => text.Contains("FORGOTTEN"))];
}
