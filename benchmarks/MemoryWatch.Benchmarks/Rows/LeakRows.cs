using BenchmarkDotNet.Attributes;
using MemoryWatch.Judge;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// Measures the leak verdict and the forecast: what a tick adds to them, and what a judgment costs when all floors are there. A judgment is due when
/// a floor is complete, not at each tick.
/// </summary>
public class LeakRows
{
    private const int Metrics = 2;
    private const int Operations = 24;
    private const double Megabyte = 1 << 20;
    private const int Day = 86_400;

    private static readonly LeakLimit Limit = new(LimitSource.Container, 512 * Megabyte, 300 * Megabyte);

    private readonly LoadNames _load = LoadNames.Of(
        Enumerable.Range(0, Metrics).Select(i => new MetricDefinition($"Metric {i}")), Operations);

    private readonly double[] _loads = new double[Metrics + Operations];
    private readonly LeakCourse _level;
    private readonly LeakCourse _growing;
    private readonly LeakCourse _kept;
    private readonly MovedClock _time = new();
    private readonly LimitForecast _forecast;
    private readonly MemorySnapshot _snapshot = new()
    {
        Usage = new() { UsedBytes = 200 << 20, LimitBytes = 512 << 20, Source = LimitSource.Container },
        Managed = new() { HeapBytes = 40 << 20, LiveBytes = 40 << 20 },
    };

    private int _second;

    public LeakRows()
    {
        _level = Course(0);
        _growing = Course(4);
        _kept = Course(0);
        _forecast = new(_time);
    }

    /// <summary>How many judgments one day at one reading a second leads to.</summary>
    public static int JudgmentsOfOneDay()
    {
        var course = new LeakCourse(LeakTrack.Native, LoadNames.Of([]));
        return Enumerable.Range(0, Day).Count(second => course.Add(second, 100 * Megabyte, default, isIdle: true));
    }

    [Benchmark(Baseline = true, Description = "leak verdict, one reading kept")]
    public bool Keep() => _kept.Add(Day + (++_second / 1000.0), 100 * Megabyte, _loads, isIdle: true);

    [Benchmark(Description = "forecast, one reading kept, with its share of the rates")]
    public TimeToLimit? Forecast()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return _forecast.Next(_snapshot);
    }

    [Benchmark(Description = "leak verdict, one judgment of a full series, level")]
    public LeakAssessment Level() => _level.Judge(Limit);

    [Benchmark(Description = "leak verdict, one judgment of a full series that leaks, 24 operation names")]
    public LeakAssessment Growing() => _growing.Judge(Limit, static index => "Download");

    private LeakCourse Course(double megabytesPerHour)
    {
        var random = new Random(1);
        var course = new LeakCourse(LeakTrack.Native, _load);
        for (var second = 0; second < Day; second += 10)
        {
            for (var i = 0; i < Metrics; i++)
            {
                _loads[i] = random.Next(1, 20);
            }

            for (var i = 0; i < Operations; i++)
            {
                _loads[Metrics + i] = second / (30 + i);
            }

            course.Add(second, (100 + (megabytesPerHour * second / 3600) + random.NextDouble()) * Megabyte, _loads, isIdle: true);
        }

        return course;
    }
}
