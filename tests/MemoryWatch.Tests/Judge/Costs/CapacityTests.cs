using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Costs;

public sealed class CapacityTests
{
    private static readonly MetricDefinition Sessions = new("Sessions");
    private static readonly MetricCost Cost = new(Sessions, new(Bytes.Megabytes(96), Bytes.Megabytes(90), Bytes.Megabytes(100)), 8);

    private readonly LoadHistory _history = new(1);

    [Fact]
    public void A_load_needs_what_is_used_beside_metrics_and_their_cost_at_their_highest()
    {
        Run(100, used: 120, sessions: 0);
        Run(100, used: 120 + (3 * 96), sessions: 3);
        Run(100, used: 120 + 96, sessions: 1);

        var capacity = Judge([Cost])!;

        Megabytes(capacity.NeededBytes.Value).Should().BeApproximately(408, 1);
        Megabytes(capacity.NeededBytes.Low).Should().BeApproximately(120 + (3 * 90), 1);
        Megabytes(capacity.NeededBytes.High).Should().BeApproximately(126 + (3 * 100), 1);
        (capacity.MostUnits, capacity.IsTooSmall).Should().Be((4, false));
    }

    [Fact]
    public void Loads_that_never_met_are_added_up_because_they_may()
    {
        var (sessions, imports) = (new MetricDefinition("Sessions"), new MetricDefinition("Imports"));
        var history = new LoadHistory(2);
        for (var i = 0; i < 200; i++)
        {
            var (s, m) = i < 100 ? (4L, 0L) : (0L, 2L);
            history.Keep(Bytes.Megabytes(100 + (s * 80) + (m * 150)), 0, new([sessions, imports], [s, m]), 0);
        }

        MetricCost[] costs = [Of(sessions, 80), Of(imports, 150)];
        var capacity = CapacityJudge.Judge(history, [sessions, imports], costs, SnapshotOf.Usage(100))!;

        Megabytes(capacity.NeededBytes.Value).Should().BeApproximately(100 + 320 + 300, 1);
        (capacity.IsTooSmall, capacity.Cost!.Metric, capacity.MostUnits).Should().Be((true, sessions, 1));
    }

    [Fact]
    public void A_heap_must_also_fit_the_part_of_the_container_that_the_GC_may_use()
    {
        Run(100, used: 400, sessions: 4, heap: 380);
        var snapshot = SnapshotOf.Usage(400).With(managed: new() { HeapLimitBytes = Bytes.Megabytes(384), IsHeapLimitEnforced = true });

        var capacity = CapacityJudge.Judge(_history, [Sessions], [Cost], snapshot)!;

        Megabytes(capacity.NeededBytes.Value).Should().BeApproximately(380 / 0.75, 2);
    }

    [Fact]
    public void A_heap_limit_that_was_set_is_a_choice()
    {
        Run(100, used: 400, sessions: 4, heap: 380);
        var snapshot = SnapshotOf.Usage(400).With(managed: new() { HeapLimitBytes = Bytes.Megabytes(480), IsHeapLimitEnforced = true });

        Megabytes(CapacityJudge.Judge(_history, [Sessions], [Cost], snapshot)!.NeededBytes.Value).Should().BeApproximately(400, 1);
    }

    [Fact]
    public void It_is_silent_before_enough_was_seen_and_on_a_machine_without_a_limit()
    {
        Run(16, used: 120, sessions: 1);
        Judge([Cost]).Should().BeNull("one span of time is no load");
        Run(100, used: 120, sessions: 1);
        Judge([]).Should().BeNull("a peak alone says little so soon");
        CapacityJudge.Judge(_history, [Sessions], [Cost], SnapshotOf.Usage(100).With(
            usage: new() { UsedBytes = 1, LimitBytes = 2, Source = LimitSource.Machine })).Should().BeNull();
        Run(200, used: 120, sessions: 1);
        Judge([])!.MostUnits.Should().BeNull("no metric is known to cost anything");
    }

    [Fact]
    public void A_peak_of_long_ago_is_remembered_in_constant_memory()
    {
        Run(10, used: 300, sessions: 0);
        Run(100_000, used: 100, sessions: 0);

        _history.Count.Should().BeInRange(16, LoadHistory.Most);
        Megabytes(Judge([])!.NeededBytes.Value).Should().BeApproximately(300, 1);
    }

    [Fact]
    public void With_a_maximum_it_is_known_what_the_load_needs_at_it()
    {
        var sessions = new MetricDefinition("Sessions", new() { Maximum = 6 });
        Run(100, used: 100 + (4 * 96), sessions: 4);

        var capacity = CapacityJudge.Judge(
            _history, [sessions], [new(sessions, Cost.BytesPerUnit, 8)], SnapshotOf.Usage(100))!;

        Megabytes(capacity.NeededAtMaximumBytes!.Value.Value).Should().BeApproximately(100 + (6 * 96), 1);
        Judge([Cost])!.NeededAtMaximumBytes.Should().BeNull("nothing bounds it");
    }

    [Fact]
    public void What_closed_sessions_held_is_theirs_until_the_next_full_GC()
    {
        Run(100, used: 120 + (3 * 96), sessions: 3);
        Run(100, used: 120 + (3 * 96), sessions: 0);
        Run(100, used: 120, sessions: 0, collections: 1);

        Megabytes(Judge([Cost])!.NeededBytes.Value).Should().BeApproximately(120 + (3 * 96), 1, "garbage of sessions is needed no second time");
    }

    [Fact]
    public void A_full_GC_that_may_have_come_before_sessions_were_closed_does_not_count_and_the_next_one_does()
    {
        Run(100, used: 120 + (3 * 96), sessions: 3);
        Run(100, used: 120 + (3 * 96), sessions: 0, collections: 1);
        Megabytes(Judge([Cost])!.NeededBytes.Value).Should().BeApproximately(120 + (3 * 96), 1);

        Run(100, used: 120 + (3 * 96), sessions: 0, collections: 2);
        Megabytes(Judge([Cost])!.NeededBytes.Value).Should().BeApproximately(120 + (6 * 96), 1, "something else than sessions holds it");
    }

    private static MetricCost Of(MetricDefinition metric, double megabytes) =>
        new(metric, new(Bytes.Megabytes(megabytes), Bytes.Megabytes(megabytes - 1), Bytes.Megabytes(megabytes + 1)), 8);

    private CapacityEstimate? Judge(MetricCost[] costs) => CapacityJudge.Judge(_history, [Sessions], costs, SnapshotOf.Usage(100));

    private void Run(int readings, double used, long sessions, double heap = 0, int collections = 0)
    {
        for (var i = 0; i < readings; i++)
        {
            _history.Keep(Bytes.Megabytes(used), Bytes.Megabytes(heap), new([Sessions], [sessions]), collections);
        }
    }

    private static double Megabytes(double bytes) => bytes / 1048576;
}
