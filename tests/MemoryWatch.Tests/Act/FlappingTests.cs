namespace MemoryWatch.Tests.Act;

/// <summary>An hour of memory that hovers at an edge: no step is called more often than its cool-down allows.</summary>
public sealed class FlappingTests
{
    private const int Hour = 3600;

    public static TheoryData<string, double, int> Waves()
    {
        var waves = new TheoryData<string, double, int>();
        foreach (var edge in (double[])[385, 400, 450, 500])
        {
            waves.Add("noise", edge, 1);
            foreach (var wave in (string[])["square", "sine", "saw", "spikes"])
            {
                foreach (var period in (int[])[7, 60, 130])
                {
                    waves.Add(wave, edge, period);
                }
            }
        }

        return waves;
    }

    [Theory]
    [MemberData(nameof(Waves))]
    public void At_most_one_call_of_each_step_in_a_cool_down(string wave, double edge, int period)
    {
        var (calls, now) = (new List<(string Name, MemoryZone Zone, int Second)>(), 0);
        FakeStep Step(string name, ReliefStage stage, MemoryZone from = MemoryZone.Healthy) =>
            new(name, stage, from) { OnCall = zone => calls.Add((name, zone, Volatile.Read(ref now))) };
        FakeStep[] steps =
        [
            Step("Caches", ReliefStage.Cache), Step("Collection", ReliefStage.Collection), Step("Sessions", ReliefStage.Application),
            Step("Critical", ReliefStage.Application, MemoryZone.Critical), Step("Cancel", ReliefStage.Cancel, MemoryZone.Imminent),
        ];
        using var bench = new LadderBench(steps);
        var random = new Random(5);

        // Each call frees enough to be judged useful, so that nothing but the cool-down holds a step back.
        Array.ForEach(steps, step => step.OnCall += _ => bench.Heap -= 10);
        for (; now < Hour; now++)
        {
            bench.Heap = 100;
            bench.Tick(edge + (20 * Shape(wave, now, period, random)));
        }

        foreach (var step in steps)
        {
            var own = calls.Where(call => call.Name == step.Name).ToArray();
            own.Length.Should().BeLessOrEqualTo((Hour / 60) + 2, "apart from the first rise into a worse zone, calls are a cool-down apart");
            foreach (var (earlier, later) in own.Zip(own.Skip(1)))
            {
                var isFirstRise = later.Zone > own.Where(call => call.Second < later.Second).Max(call => call.Zone);
                (later.Second - earlier.Second >= 60 || isFirstRise).Should().BeTrue($"{earlier} is followed by {later}");
            }
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(3)]
    [InlineData(12)]
    public void Slow_GCs_are_forced_so_seldom_that_they_take_less_than_one_percent_of_an_hour(double seconds)
    {
        var spent = TimeSpan.Zero;
        var slow = new FakeStep("Slow", ReliefStage.Collection) { Cooldown = TimeSpan.FromSeconds(1), TimeLimit = TimeSpan.FromMinutes(1) };
        using var bench = new LadderBench([slow]);
        slow.OnCall = _ =>
        {
            bench.Heap -= 10;
            bench.Time.Advance(TimeSpan.FromSeconds(seconds));
            spent += TimeSpan.FromSeconds(seconds);
        };
        var start = bench.Time.GetTimestamp();

        for (var i = 0; bench.Time.GetElapsedTime(start) < TimeSpan.FromHours(1); i++)
        {
            bench.Heap = 100;
            bench.Tick((i % 3) switch { 0 => 420, 1 => 460, _ => 505 });
        }

        slow.Calls.Should().BeGreaterThan(1);
        spent.Should().BeLessOrEqualTo(TimeSpan.FromHours(1) * 0.01);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(3)]
    public void The_built_in_GC_keeps_to_the_same_part_of_the_time(double seconds)
    {
        using var bench = new LadderBench([new FakeStep("Sessions") { Cooldown = TimeSpan.FromSeconds(1) }]);
        bench.Rules = bench.Rules with { Collects = true, CollectionCooldown = TimeSpan.FromSeconds(1) };
        bench.OnCollect = () =>
        {
            bench.Heap -= 10;
            bench.Time.Advance(TimeSpan.FromSeconds(seconds));
        };
        var start = bench.Time.GetTimestamp();

        while (bench.Time.GetElapsedTime(start) < TimeSpan.FromHours(1))
        {
            bench.Heap = 100;
            bench.Tick(430);
        }

        bench.Collections.Should().HaveCountGreaterThan(5);
        (bench.Collections.Count * seconds).Should().BeLessOrEqualTo(36);
    }

    private static double Shape(string wave, int second, int period, Random random)
    {
        var phase = second % period / (double)period;
        return wave switch
        {
            "square" => phase < 0.5 ? 1 : -1,
            "sine" => Math.Sin(2 * Math.PI * phase),
            "saw" => (2 * phase) - 1,
            "spikes" => phase == 0 ? 1 : -1,
            _ => (random.NextDouble() * 2) - 1,
        };
    }
}
