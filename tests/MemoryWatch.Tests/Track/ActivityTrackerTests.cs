using System.Diagnostics;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

/// <summary>Activities as operations. Listeners are global, so each test has a source of its own.</summary>
public sealed class ActivityTrackerTests : IDisposable
{
    private readonly ActivitySource _source = new($"Test.{Guid.NewGuid():N}.Orders");
    private readonly List<IDisposable> _owned = [];

    [Fact]
    public void Activities_in_each_other_are_operations_in_each_other_named_by_their_operation()
    {
        var watch = Watch();
        using (var outer = _source.StartActivity("Order")!)
        {
            outer.DisplayName = "Order 4711 of Ann";
            using var inner = _source.StartActivity("Pay");

            watch.InFlight.Select(o => o.Name).Should().Equal("Order", "Pay");
            watch.InFlight[1].ParentId.Should().Be(watch.InFlight[0].OperationId);
        }

        watch.InFlight.Should().BeEmpty();
        watch.TotalsByName.Select(t => (t.Name, t.Count)).Should().BeEquivalentTo([("Order", 1L), ("Pay", 1L)]);
    }

    [Fact]
    public async Task An_activity_is_charged_with_what_its_flow_allocates_wherever_it_runs()
    {
        var watch = Watch();
        await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(async () =>
        {
            using var activity = _source.StartActivity($"Order {i}");
            for (var part = 0; part < i; part++)
            {
                Allocate.Megabytes(1);
                await Task.Yield();
                await Task.Run(() => Allocate.Megabytes(1));
            }
        })));

        for (var i = 1; i <= 8; i++)
        {
            watch.ShouldBeCharged($"Order {i}", 2 * i);
        }
    }

    [Fact]
    public async Task It_may_be_stopped_on_another_flow_which_keeps_its_own_operation()
    {
        var watch = Watch();
        var activity = _source.StartActivity("Order")!;
        await Task.Run(() =>
        {
            using var other = watch.Track("Other");
            activity.Stop();
            using var inside = watch.Track("Inside");
            watch.InFlight.Select(o => o.Name).Should().Equal("Other", "Inside");
            watch.InFlight[1].ParentId.Should().Be(other.Id);
        });

        Totals(watch, "Order").Count.Should().Be(1);
    }

    [Fact]
    public void The_status_error_is_a_failure()
    {
        var watch = Watch(o => o.Verbosity = OperationVerbosity.Normal);
        using (var activity = _source.StartActivity("Order"))
        {
            activity!.SetStatus(ActivityStatusCode.Error, "no money");
        }

        using (var activity = _source.StartActivity("Order"))
        {
            activity!.SetStatus(ActivityStatusCode.Ok);
        }

        watch.RecentEntries.Where(e => e.Kind == JournalEntryKind.Ended).Select(e => (e.Title, e.Error))
            .Should().Equal(("Order Failed", "no money"), ("Order Completed", null));
        Totals(watch, "Order").Failures.Should().Be(1);
    }

    [Fact]
    public void They_are_quiet_and_without_a_context_unless_wished_otherwise()
    {
        var watch = Watch();
        using (_source.StartActivity("Order", ActivityKind.Internal, default(ActivityContext), [new("user", 5)]))
        {
            watch.InFlight.Single().Context.Text.Should().BeEmpty();
        }

        watch.RecentEntries.Should().BeEmpty();
        watch.Dispose();

        var told = Watch(o => (o.Context, o.Verbosity) = (a => $"User {a.GetTagItem("user")}", OperationVerbosity.Normal));
        _source.StartActivity("Order", ActivityKind.Internal, default(ActivityContext), [new("user", 5)])!.Dispose();
        told.RecentEntries.Select(e => $"{e.Title} | {e.Context}").Should().Equal("Order Started | User 5", "Order Completed | User 5");
    }

    [Fact]
    public void What_nobody_else_wants_is_made_but_neither_recorded_nor_with_data()
    {
        Watch();
        using var activity = _source.StartActivity("Order")!;

        activity.IsAllDataRequested.Should().BeFalse();
        activity.Recorded.Should().BeFalse();
    }

    [Fact]
    public void The_decisions_of_others_stay_theirs()
    {
        var watch = Watch(o => o.SampleRatio = 0);
        Listen(_source.Name, ActivitySamplingResult.AllDataAndRecorded);
        using var activity = _source.StartActivity("Order")!;

        activity.Recorded.Should().BeTrue();
        watch.InFlight.Should().BeEmpty("the sample ratio holds for activities of others too");
    }

    [Fact]
    public void A_filter_keeps_activities_from_being_made()
    {
        var watch = Watch(o => o.Filter = name => name != "Ping");

        _source.StartActivity("Ping").Should().BeNull();
        _source.StartActivity("Order")!.Dispose();
        watch.TotalsByName.Select(t => t.Name).Should().Equal("Order");
    }

    [Fact]
    public void Sampling_takes_whole_traces()
    {
        var watch = Watch(o => o.SampleRatio = 0.25);
        var taken = 0;
        for (var i = 0; i < 1000; i++)
        {
            Activity.Current = null;
            using var outer = _source.StartActivity("Order");
            using var inner = outer is null ? null : _source.StartActivity("Pay");
            taken += outer is null ? 0 : 1;
        }

        taken.Should().BeInRange(150, 350);
        watch.TotalsByName.Select(t => (t.Name, t.Count)).Should().BeEquivalentTo([("Order", (long)taken), ("Pay", taken)]);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_ratio_is_from_0_to_1(double ratio) =>
        new ActivityTrackingOptions().Invoking(o => o.SampleRatio = ratio).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("MyCompany.Orders", "MyCompany.Orders", true)]
    [InlineData("MyCompany.Orders", "MyCompany.Orders.Db", false)]
    [InlineData("MyCompany.*", "MyCompany.Orders", true)]
    [InlineData("MyCompany.*", "MyCompany", false)]
    [InlineData("MyCompany.*", "YourCompany.Orders", false)]
    [InlineData("My*.Orders", "MyCompany.Orders", true)]
    [InlineData("*", "Anything", true)]
    [InlineData("*", "MemoryWatch", false)]
    [InlineData("MemoryWatch", "MemoryWatch", false)]
    public void Sources_are_named_exactly_or_by_a_pattern_and_the_watchs_own_never_is(string pattern, string name, bool covers)
    {
        using var source = new ActivitySource(name);
        new ActivityRule(pattern, new()).Covers(source).Should().Be(covers);
    }

    [Fact]
    public void Of_several_rules_for_a_source_the_first_counts()
    {
        var watch = Watch(plug: b => b
            .TrackActivities(_source.Name, a => a.Filter = name => name == "Order").TrackActivities($"{_source.Name}*"));

        _source.StartActivity("Order")!.Dispose();
        _source.StartActivity("Pay").Should().BeNull();
        watch.TotalsByName.Select(t => (t.Name, t.Count)).Should().Equal(("Order", 1L));
    }

    [Fact]
    public void The_watchs_own_activities_never_become_operations()
    {
        var name = $"Own {Guid.NewGuid():N}";
        Listen(MemoryWatcher.ActivitySourceName, ActivitySamplingResult.AllData);
        var watch = Watch(plug: b => b.TrackActivities("*", a => a.Filter = n => n == name));

        using (var scope = (Operation)watch.Track(name))
        {
            scope.Activity.Should().NotBeNull();
            watch.InFlight.Should().ContainSingle();
        }

        Totals(watch, name).Count.Should().Be(1);
    }

    [Fact]
    public void No_activity_of_the_watchs_own_comes_between_those_of_the_application()
    {
        Listen(MemoryWatcher.ActivitySourceName, ActivitySamplingResult.AllData);
        Watch(o => o.Verbosity = OperationVerbosity.Normal);

        using var outer = _source.StartActivity("Order");
        using var inner = _source.StartActivity("Pay");

        Activity.Current.Should().BeSameAs(inner);
        inner!.Parent.Should().BeSameAs(outer);
    }

    [Fact]
    public void A_function_that_throws_is_reported_once_and_costs_the_activity_nothing()
    {
        var watch = Watch(o =>
        {
            o.Filter = name => name == "Odd" ? throw new InvalidOperationException("odd\nfilter") : true;
            o.Context = _ => throw new InvalidOperationException("odd context");
        }, out var log);

        _source.StartActivity("Odd").Should().BeNull();
        using (_source.StartActivity("Order"))
        {
            watch.InFlight.Single().Context.Text.Should().BeEmpty();
        }

        log.Of(LogEvents.CallbackFault).Single().Text.Should().StartWith(
            $@"A filter or context function for activities of '{_source.Name}' failed (InvalidOperationException: odd\nfilter)");
    }

    [Fact]
    public void Activities_that_nobody_stops_fill_the_list_of_what_is_in_flight_up_to_a_bound()
    {
        var watch = Watch();
        var lost = Enumerable.Range(0, 4100).Select(_ => Start()).ToList();
        watch.InFlight.Should().HaveCount(4096);

        lost.ForEach(a => a.Stop());
        watch.InFlight.Should().BeEmpty();
        using var next = Start();
        watch.InFlight.Should().ContainSingle("there is room again");

        Activity Start()
        {
            Activity.Current = null;
            return _source.StartActivity("Order")!;
        }
    }

    [Fact]
    public void Switched_off_the_watch_makes_no_activities()
    {
        var watch = Watch(plug: b => b.TrackActivities(_source.Name), enabled: false);

        _source.StartActivity("Order").Should().BeNull();
        watch.Update(new() { Enabled = true });
        _source.StartActivity("Order").Should().NotBeNull();
        watch.InFlight.Should().ContainSingle();
    }

    [Fact]
    public void When_the_watch_stops_nothing_new_is_tracked_and_what_is_in_flight_still_ends()
    {
        var watch = Watch();
        var activity = _source.StartActivity("Order")!;
        watch.Dispose();

        Activity.Current = null;
        _source.StartActivity("Late").Should().BeNull();
        watch.InFlight.Should().ContainSingle();
        activity.Stop();

        watch.InFlight.Should().BeEmpty();
        Totals(watch, "Order").Count.Should().Be(1);
        _source.HasListeners().Should().BeFalse("the last of them took the listener with it");
    }

    [Fact]
    public void A_watch_that_stops_with_nothing_in_flight_listens_no_more()
    {
        var watch = Watch();
        _source.StartActivity("Order")!.Dispose();
        _source.HasListeners().Should().BeTrue();

        watch.Dispose();

        _source.HasListeners().Should().BeFalse();
    }

    public void Dispose()
    {
        _owned.ForEach(o => o.Dispose());
        _source.Dispose();
        Activity.Current = null;
    }

    private MemoryWatcher Watch(Action<ActivityTrackingOptions>? tracking = null) => Watch(tracking, out _);

    private MemoryWatcher Watch(Action<ActivityTrackingOptions>? tracking, out LogCapture log)
    {
        var harness = new WatchHarness(plug: b => b.TrackActivities(_source.Name, tracking));
        log = harness.Log;
        return Started(harness);
    }

    private MemoryWatcher Watch(Action<MemoryWatchBuilder> plug, bool enabled = true) =>
        Started(new WatchHarness(o => o.Enabled = enabled, plug));

    private MemoryWatcher Started(WatchHarness harness)
    {
        _owned.Add(harness);
        harness.Tick();
        return harness.Watch;
    }

    private void Listen(string source, ActivitySamplingResult result)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => result,
        };
        ActivitySource.AddActivityListener(listener);
        _owned.Add(listener);
    }

    private static OperationTotals Totals(MemoryWatcher watch, string name) => watch.TotalsByName.Single(t => t.Name == name);
}
