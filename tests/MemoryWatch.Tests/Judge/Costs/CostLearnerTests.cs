using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Costs;

public sealed class CostLearnerTests
{
    private static readonly MetricDefinition Sessions = new("Sessions");
    private static readonly MetricDefinition Queue = new("Queue");
    private static readonly MetricDefinition Cache = new("Cache");

    [Fact]
    public void Each_session_costs_what_memory_rose_by_with_it()
    {
        var program = new LoadSimulation(1, [Sessions], 96);
        LogIn(program, 6, 10);

        var cost = program.Costs().Should().ContainSingle().Which;

        (cost.Metric, cost.Changes, cost.Together).Should().BeEquivalentTo((Sessions, 6, Array.Empty<MetricDefinition>()));
        Megabytes(cost).Should().Be((96, 94.08, 97.92));
    }

    [Fact]
    public void Three_changes_are_too_few()
    {
        var program = new LoadSimulation(1, [Sessions], 96);
        LogIn(program, 3, 10);

        program.Costs().Should().BeEmpty();
    }

    [Fact]
    public void A_metric_that_costs_nothing_has_no_cost()
    {
        var program = new LoadSimulation(1, [Sessions], 0) { Noise = 4 };
        LogIn(program, 20, 10);

        program.Costs().Should().BeEmpty();
    }

    [Fact]
    public void A_cost_that_drowns_in_noise_is_not_told()
    {
        var program = new LoadSimulation(1, [Sessions], 1) { Noise = 20 };
        LogIn(program, 12, 10);

        program.Costs().Should().BeEmpty();
    }

    /// <summary>Sessions come and go at random, with garbage, GCs, noise and a leak beside them.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(3, 0, 0, 0)]
    [InlineData(1, 0.5, 20, 0)]
    [InlineData(1, 2, 10, 0)]
    [InlineData(1, 0.2, 120, 0)]
    [InlineData(1, 0, 30, 60)]
    [InlineData(1, 0.5, 20, 200)]
    [InlineData(2, 0.1, 300, 12)]
    [InlineData(1, 0.2, 60, 0)]
    [InlineData(1, 1, 60, 0)]
    [InlineData(1, 0.05, 200, 0)]
    [InlineData(1, 0.5, 240, 0)]
    public void The_interval_contains_the_true_cost(double noise, double garbage, int collectEvery, double leak)
    {
        const int Seeds = 100;
        const double True = 20;
        var (told, right) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var program = new LoadSimulation(seed, [Sessions], True)
            {
                Noise = noise, GarbagePerSecond = garbage, CollectEvery = collectEvery, LeakPerHour = leak,
            };
            program.Run(200);
            for (var i = 0; i < 40; i++)
            {
                program.Change(0, program[0] > 1 && program.Random.Next(2) == 0 ? -1 : program.Random.Next(1, 3));
                program.Run(program.Random.Next(5, 150));
            }

            if (program.Costs() is [var cost])
            {
                told++;
                right += Megabytes(cost) is { Low: <= True, High: >= True } ? 1 : 0;
            }
        }

        told.Should().BeGreaterThan(Seeds * 8 / 10);
        ((double)right / told).Should().BeGreaterThan(0.94);
    }

    [Fact]
    public void Without_a_gen_2_GC_a_fall_says_nothing()
    {
        var program = new LoadSimulation(1, [Sessions], 96);
        LogIn(program, 10, 10);
        for (var i = 0; i < 9; i++)
        {
            program.Change(0, -1);
            program.Run(10);
        }

        program.Costs().Single().Changes.Should().Be(10);
    }

    [Fact]
    public void A_rise_during_which_a_GC_frees_what_fell_before_says_nothing()
    {
        var program = new LoadSimulation(1, [Sessions], 96) { CollectEvery = 40 };
        program.Change(0, 8);
        program.Run(41);
        for (var i = 0; i < 8; i++)
        {
            program.Change(0, -1);
            program.Run(30);
            program.Change(0, 1);
            program.Run(10);
        }

        program.Costs().Should().BeEmpty("each fall was freed only after the next rise");
    }

    [Fact]
    public void Metrics_that_change_together_are_told_apart_by_the_changes_in_which_they_did_not()
    {
        var program = new LoadSimulation(1, [Sessions, Queue], 40, 5) { Noise = 0.5 };
        for (var i = 0; i < 6; i++)
        {
            program.Change(0, 1);
            program.Change(1, 1);
            program.Run(10);
            program.Change(1, 2);
            program.Run(10);
        }

        program.Costs().Select(cost => (cost.Metric, Math.Round(Megabytes(cost).Value))).Should()
            .BeEquivalentTo([(Sessions, 40d), (Queue, 5d)]);
        program.Costs().Should().OnlyContain(cost => cost.Together.Count == 0);
    }

    [Fact]
    public void Metrics_that_always_change_together_are_one_cost_that_says_so()
    {
        var program = new LoadSimulation(1, [Sessions, Queue, Cache], 40, 0, 0);
        for (var i = 0; i < 6; i++)
        {
            program.Change(0, 1);
            program.Run(1);
            program.Change(2, 1);
            program.Run(10);
        }

        var cost = program.Costs().Should().ContainSingle().Which;

        cost.Metric.Should().Be(Sessions);
        cost.Together.Should().Equal(Cache);
    }

    [Fact]
    public void A_metric_that_changes_all_the_time_does_not_hide_the_others()
    {
        var program = new LoadSimulation(1, [Sessions, Queue], 40, 0);
        for (var i = 0; i < 400; i++)
        {
            program.Change(1, i % 2 == 0 ? 1 : -1);
            program.Change(0, i % 40 == 39 ? 1 : 0);
            program.Run(1);
        }

        var cost = program.Costs().Should().ContainSingle().Which;

        cost.Metric.Should().Be(Sessions);
        Megabytes(cost).Value.Should().BeApproximately(40, 1);
    }

    [Fact]
    public void A_metric_that_cannot_be_read_for_a_while_has_not_changed()
    {
        var program = new MemoryWatch.Judge.CostLearner(1);
        for (var i = 0; i < 100; i++)
        {
            program.Keep(Bytes.Megabytes(100), new([Sessions], [i % 10 < 5 ? 3 : null]), 0);
        }

        program.Samples.Count.Should().Be(0);
    }

    [Fact]
    public void A_reading_allocates_nothing()
    {
        var learner = new MemoryWatch.Judge.CostLearner(2);
        MetricValues[] values = [new([Sessions, Queue], [1, 1]), new([Sessions, Queue], [2, 1])];
        Keep(200);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Keep(2000);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Keep(int times)
        {
            for (var i = 0; i < times; i++)
            {
                learner.Keep(Bytes.Megabytes(100), values[i / 7 % 2], i / 20);
            }
        }
    }

    private static void LogIn(LoadSimulation program, int count, int seconds)
    {
        program.Run(30);
        for (var i = 0; i < count; i++)
        {
            program.Change(0, 1);
            program.Run(seconds);
        }

        // The last change ends with its level.
        program.Run(30);
    }

    private static (double Value, double Low, double High) Megabytes(MetricCost cost) => (
        Round(cost.BytesPerUnit.Value), Round(cost.BytesPerUnit.Low), Round(cost.BytesPerUnit.High));

    private static double Round(double bytes) => Math.Round(bytes / 1048576, 2);
}
