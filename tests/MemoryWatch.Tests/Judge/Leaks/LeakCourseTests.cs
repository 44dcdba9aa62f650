using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Leaks;

/// <summary>What a verdict says of series that are as simple as possible: megabytes over seconds, with a little noise, one reading a second.</summary>
public sealed class LeakCourseTests
{
    private const double Megabyte = 1024 * 1024;
    private const int Hour = 3600;

    private readonly Random _random = new(7);
    private LeakVerdict _worst;

    [Fact]
    public void Memory_that_grows_steadily_leaks_and_says_when_it_reaches_the_limit()
    {
        var leak = Run(2 * Hour, t => 100 + (t * 60.0 / Hour));

        (leak.Verdict, leak.HeldBackBy).Should().Be((LeakVerdict.Leaking, LeakGate.None));
        (leak.BytesPerHour!.Value.Value / Megabyte).Should().BeApproximately(60, 1);
        leak.BytesPerHour.Value.Low.Should().BePositive();
        leak.TimeToLimit!.Soonest.TotalHours.Should().BeInRange(4.5, (512 - 215) / 60.0);
        leak.TimeToLimit.Latest!.Value.TotalHours.Should().BeInRange((512 - 225) / 60.0, 5.5);
    }

    [Fact]
    public void Memory_that_stays_level_does_not()
    {
        Run(6 * Hour, _ => 100).Verdict.Should().Be(LeakVerdict.NotLeaking);

        _worst.Should().Be(LeakVerdict.NotLeaking);
    }

    [Fact]
    public void A_step_is_a_new_level()
    {
        var step = Run(2 * Hour, t => t < Hour ? 100 : 160);

        step.Verdict.Should().Be(LeakVerdict.LevelShift);
        _worst.Should().Be(LeakVerdict.LevelShift);
    }

    [Fact]
    public void Several_steps_are_a_new_level()
    {
        Run(4 * Hour, t => 100 + (40 * (t / (Hour + 900)))).Verdict.Should().Be(LeakVerdict.LevelShift);

        (_worst < LeakVerdict.Leaking).Should().BeTrue("the worst verdict was {0}", _worst);
    }

    [Fact]
    public void A_cache_that_fills_is_no_leak_at_any_time()
    {
        Run(12 * Hour, t => 100 + (120 * (1 - Math.Exp(-t / 600.0)))).Verdict.Should().BeOneOf(LeakVerdict.LevelShift, LeakVerdict.NotLeaking);

        (_worst < LeakVerdict.Leaking).Should().BeTrue("the worst verdict was {0}", _worst);
    }

    [Fact]
    public void Garbage_between_collections_is_no_leak()
    {
        Run(6 * Hour, t => 100 + (80 * (t % 60 / 60.0))).Verdict.Should().Be(LeakVerdict.NotLeaking);

        (_worst < LeakVerdict.Leaking).Should().BeTrue("the worst verdict was {0}", _worst);
    }

    [Fact]
    public void A_leak_that_begins_late_is_found()
    {
        Run(4 * Hour, t => 100 + (Math.Max(0, t - (2 * Hour)) * 60.0 / Hour)).Verdict.Should().Be(LeakVerdict.Leaking);
    }

    [Fact]
    public void Slow_growth_that_stays_straight_needs_no_day()
    {
        Run(12 * Hour, t => 100 + (t * 3.0 / Hour)).Verdict.Should().Be(LeakVerdict.Leaking);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    public void The_rise_of_a_day_is_no_leak_at_any_hour(int beginsAt)
    {
        Run(30 * Hour, t => 100 - (30 * Math.Cos((t + (beginsAt * Hour)) * 2 * Math.PI / (24 * Hour))));

        (_worst < LeakVerdict.Leaking).Should().BeTrue("the worst verdict was {0}", _worst);
    }

    [Fact]
    public void Sessions_that_came_to_stay_are_load_and_not_a_leak()
    {
        var load = Run(4 * Hour, t => 100 + (10 * Sessions(t)), Sessions);

        (load.Verdict, load.HeldBackBy, load.GrowsWith!.Metric.Name).Should().Be((LeakVerdict.NotLeaking, LeakGate.GrowsWithLoad, "Sessions"));
        (load.GrowsWith.BytesPerUnit.Value / Megabyte).Should().BeApproximately(10, 1);
        (_worst < LeakVerdict.Leaking).Should().BeTrue("the worst verdict was {0}", _worst);
    }

    [Fact]
    public void A_leak_beside_sessions_that_come_and_go_is_a_leak()
    {
        static double ComeAndGo(int t) => 5 + Math.Round(4 * Math.Sin(t / 700.0));

        Run(4 * Hour, t => 100 + (10 * ComeAndGo(t)) + (t * 40.0 / Hour), ComeAndGo).Verdict.Should().Be(LeakVerdict.Leaking);
    }

    [Fact]
    public void The_operation_that_leaves_something_is_named_and_not_the_one_that_runs_beside_it()
    {
        var leak = Run(4 * Hour, t => 100 + (2 * Downloads(t)), counts: [Downloads, t => t / 60]);

        (leak.Verdict, leak.Operation).Should().Be((LeakVerdict.Leaking, "Download"));
        (leak.BytesPerOperation!.Value.Value / Megabyte).Should().BeApproximately(2, 0.1);

        static int Downloads(int t) => (int)(100 * ((t / 14_400.0) + (0.06 * Math.Sin(t / 900.0))));
    }

    [Fact]
    public void Operations_that_run_at_the_same_pace_are_not_accused()
    {
        Run(4 * Hour, t => 100 + (t * 40.0 / Hour), counts: [t => t / 60, t => t / 30]).Operation.Should().BeNull();
    }

    [Fact]
    public void A_memory_that_was_never_read_is_not_known() =>
        new LeakCourse(LeakTrack.Native, LoadNames.Of([])).Judge(null).Should().Match<LeakAssessment>(
            a => a.Verdict == LeakVerdict.Unknown && a.HeldBackBy == LeakGate.NotReadable);

    private static double Sessions(int t) => (t / 1200) + (t % 3600 < 300 ? 1 : 0);

    private LeakAssessment Run(int seconds, Func<int, double> megabytes, Func<int, double>? sessions = null, Func<int, int>[]? counts = null)
    {
        counts ??= [];
        _worst = LeakVerdict.Unknown;
        var course = new LeakCourse(LeakTrack.Resident, LoadNames.Of(sessions is null ? [] : [new MetricDefinition("Sessions")], counts.Length));
        LeakAssessment? last = null;
        for (var t = 0; t < seconds; t++)
        {
            var bytes = (megabytes(t) + _random.NextDouble()) * Megabyte;
            double[] loads = [.. sessions is null ? [] : new[] { sessions(t) }, .. counts.Select(count => (double)count(t))];
            if (course.Add(t, bytes, loads, isIdle: true))
            {
                last = course.Judge(new(LimitSource.Setting, 512 * Megabyte, (512 * Megabyte) - bytes), i => i == 0 ? "Download" : "Refresh");
                _worst = last.Verdict > _worst ? last.Verdict : _worst;
            }
        }

        return last!;
    }
}
