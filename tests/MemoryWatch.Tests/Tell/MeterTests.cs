using System.Diagnostics.Metrics;
using System.Reflection;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Tell;

public sealed class MeterTests
{
    [Fact]
    public void The_meter_tells_of_the_latest_snapshot()
    {
        using var watch = new WatchHarness(
            o => o.Limit = null, b => b.AddMetric("Sessions", () => 2, m => m.Key = "active_sessions"));
        watch.Reader.Container = new()
        {
            LimitBytes = 512L << 20,
            UsageBytes = 480L << 20,
            WorkingSetBytes = 470L << 20,
            UsedBytes = 460L << 20,
            OomKills = 3,
        };
        using var meter = new MeterCapture(watch.Watch);

        watch.Tick();

        meter.Observe().Should().BeEquivalentTo(
            "memorywatch.container.usage 503316480",
            "memorywatch.container.working_set 492830720",
            "memorywatch.container.available 44040192",
            "memorywatch.limit 536870912",
            "memorywatch.used 482344960",
            "memorywatch.zone 2",
            "memorywatch.oom_kills 3",
            "memorywatch.metric.value 2 memorywatch.metric.name=active_sessions",
            "memorywatch.metric.value 8 memorywatch.metric.name=thread_count",
            "memorywatch.metric.value 15 memorywatch.metric.name=open_files");
    }

    [Fact]
    public void What_could_not_be_read_gives_no_measurement()
    {
        using var watch = new WatchHarness(
            o => o.Limit = null, b => b.AddMetric("Broken", () => throw new InvalidOperationException()));
        watch.Reader.Threads = null;
        using var meter = new MeterCapture(watch.Watch);

        watch.Tick();

        meter.Observe().Should().BeEquivalentTo("memorywatch.zone 0", "memorywatch.metric.value 15 memorywatch.metric.name=open_files");
    }

    [Fact]
    public void Operations_alerts_and_reliefs_are_counted_as_they_happen()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        watch.Tick(100);
        using (var scope = watch.Watch.Track("Download", "User 123"))
        {
            watch.Time.Advance(TimeSpan.FromSeconds(2));
            watch.Reader.ResidentMegabytes = 99;
            GC.KeepAlive(new byte[1 << 20]);
            scope.Fail(new IOException());
        }

        watch.Tick(410);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());

        meter.Recorded.Should().Contain("memorywatch.operation.duration 2 memorywatch.operation.name=Download memorywatch.operation.outcome=failed")
            .And.Contain("memorywatch.operation.change -1048576 memorywatch.operation.name=Download memorywatch.operation.outcome=failed")
            .And.ContainSingle(r => System.Text.RegularExpressions.Regex.IsMatch(
                r, @"^memorywatch\.operation\.allocated 10\d{5} memorywatch\.operation\.name=Download memorywatch\.operation\.outcome=failed$"))
            .And.Contain("memorywatch.alerts 1 memorywatch.alert.kind=high_memory")
            .And.Contain("memorywatch.alerts 1 memorywatch.alert.kind=spike")
            .And.NotContain(r => r.Contains("123"), "contexts go to logs and traces, never to tags");
    }

    [Fact]
    public void Quiet_operations_are_measured_as_any()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);

        watch.Watch.Track("GET /", default, OperationVerbosity.Quiet).Dispose();

        meter.Recorded.Select(r => r.Split(' ')[0]).Should().BeEquivalentTo(
            "memorywatch.operation.duration", "memorywatch.operation.change", "memorywatch.operation.allocated");
    }

    [Fact]
    public void Without_tracked_allocations_none_are_measured()
    {
        using var watch = new WatchHarness(o => o.EnableAllocationTracking = false);
        using var meter = new MeterCapture(watch.Watch);

        watch.Watch.Track("Download").Dispose();

        meter.Recorded.Should().HaveCount(2).And.NotContain(r => r.StartsWith("memorywatch.operation.allocated"));
    }

    [Fact]
    public void Freed_memory_is_counted_by_the_step_that_freed_it()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        var before = GC.CollectionCount(2);
        watch.Reader.QuickMegabytes = () => GC.CollectionCount(2) > before ? 390 : 410;

        watch.Tick(410);
        watch.TickUntil(() => meter.Recorded.Any(r => r.StartsWith("memorywatch.relief.duration")));

        meter.Recorded.Should().Contain($"memorywatch.relief.freed {20 << 20} memorywatch.relief.name=GC")
            .And.Contain("memorywatch.relief.steps 1 memorywatch.relief.name=GC memorywatch.relief.outcome=freed")
            .And.ContainSingle(r => r.StartsWith("memorywatch.relief.duration ") && r.EndsWith(" memorywatch.relief.name=GC"));
    }

    [Fact]
    public void What_came_of_a_step_is_a_tag()
    {
        using var release = new ManualResetEventSlim();
        using var watch = new WatchHarness(
            o => o.EnableCollectionWhenHigh = false,
            b => b.AddRelief("Idle", MemoryZone.Healthy, static _ => Task.CompletedTask)
                .AddRelief("Broken", MemoryZone.Healthy, static _ => throw new InvalidOperationException())
                .AddRelief("Stuck", MemoryZone.Healthy, _ => { release.Wait(CancellationToken.None); return Task.CompletedTask; }));
        using var meter = new MeterCapture(watch.Watch);
        watch.Tick(410);
        watch.TickUntil(() => watch.Log.Of(LogEvents.ReliefFailed).Any());
        watch.Tick();
        watch.Tick(seconds: 12);
        watch.Tick();

        Steps().Should().Equal("name=Idle outcome=nothing", "name=Broken outcome=failed", "name=Stuck outcome=abandoned");

        watch.Watch.Update(new() { Limit = "512MB", EnableCollectionWhenHigh = false, Relief = { ObserveOnly = true } });
        watch.TickUntil(() => Steps().Length == 5);
        Steps()[3..].Should().Equal("name=Idle outcome=observed", "name=Broken outcome=observed");
        release.Set();

        string[] Steps() =>
        [
            .. meter.Recorded.Where(r => r.StartsWith("memorywatch.relief.steps 1"))
                .Select(r => r["memorywatch.relief.steps 1 ".Length..].Replace("memorywatch.relief.", string.Empty)),
        ];
    }

    [Fact]
    public void Operation_names_beyond_the_cap_go_to_other()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);

        for (var i = 0; i < BoundedNames.Most + 10; i++)
        {
            watch.Watch.Track($"Operation {i}").Dispose();
        }

        watch.Watch.Track("Operation 0").Dispose();

        var names = meter.Recorded.Where(r => r.Contains("duration")).Select(r => r.Split('=')[1].Replace(" memorywatch.operation.outcome", string.Empty)).ToList();
        names.Distinct().Should().HaveCount(BoundedNames.Most + 1);
        names.Count(n => n == BoundedNames.Other).Should().Be(10);
        names[^1].Should().Be("Operation 0");
    }

    [Fact]
    public void However_many_operation_names_there_are_alerts_and_reliefs_keep_their_tags()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        for (var i = 0; i < 100; i++)
        {
            watch.Watch.Track($"Operation {i}").Dispose();
        }

        watch.Tick(100);
        watch.Tick(410);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());

        meter.Recorded.Should().Contain("memorywatch.alerts 1 memorywatch.alert.kind=high_memory")
            .And.Contain("memorywatch.alerts 1 memorywatch.alert.kind=spike")
            .And.NotContain(m => m.Contains("kind=other") || m.Contains("relief.name=other"));
    }

    [Fact]
    public void Totals_and_tags_are_of_the_same_operations()
    {
        using var watch = new WatchHarness();
        for (var i = 0; i < 64; i++)
        {
            watch.Watch.Track($"Before {i}").Dispose();
        }

        using var meter = new MeterCapture(watch.Watch);
        watch.Watch.Track("After").Dispose();

        watch.Watch.TotalsByName.Should().NotContain(t => t.Name == "After");
        meter.Recorded.Should().OnlyContain(m => m.Contains("operation.name=other"));
    }

    [Fact]
    public void Names_and_units_are_those_of_the_conventions_or_under_our_own_name()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        var conventions = File.ReadAllLines(Path.Combine(
            typeof(MeterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!,
            "Tell", "conventions.txt")).Where(l => !l.StartsWith('#')).Select(l => l.Split(' ')).ToLookup(l => l[0], l => l[1]);

        meter.Instruments.Should().HaveCountGreaterThan(10).And.OnlyContain(i => conventions["unit"].Contains(i.Unit));
        foreach (var instrument in meter.Instruments)
        {
            instrument.Description.Should().NotBeNullOrEmpty();
            instrument.Name.Should().MatchRegex("^[a-z]+([._][a-z]+)+$");
            if (!instrument.Name.StartsWith("memorywatch."))
            {
                conventions[instrument.Name].Should().Equal(instrument.Unit);
            }
        }
    }

    [Fact]
    public void A_host_makes_the_meter_and_a_watch_without_one_ends_its_own()
    {
        using var factory = new Factory();
        using var reader = new FakeReader();
        using var log = new LogCapture();
        using (new MemoryWatcher(new(), log, TimeProvider.System, reader, new ManualPacer(), factory, TimeSpan.FromSeconds(1)))
        {
            factory.Made.Should().ContainSingle().Which.Name.Should().Be(MemoryWatcher.MeterName);
        }

        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        watch.Watch.Dispose();
        meter.Observe().Should().BeEmpty();
    }

    private sealed class Factory : IMeterFactory
    {
        public List<Meter> Made { get; } = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            Made.Add(meter);
            return meter;
        }

        public void Dispose() => Made.ForEach(m => m.Dispose());
    }
}
