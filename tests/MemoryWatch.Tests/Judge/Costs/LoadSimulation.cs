using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Costs;

/// <summary>
/// A program, a second at a time: metrics with a cost, a heap whose garbage is taken back by gen-2 GCs, noise and a leak. Numbers in megabytes.
/// </summary>
internal sealed class LoadSimulation(int seed, MetricDefinition[] metrics, params double[] costs)
{
    private readonly Random _random = new(seed);
    private readonly long[] _values = new long[metrics.Length];
    private double _dead;
    private double _garbage;
    private double _leaked;
    private int _collections;
    private int _second;

    public CostLearner Learner { get; } = new(metrics.Length);

    public double Noise { get; init; }

    public double GarbagePerSecond { get; init; }

    /// <summary>Seconds between two gen-2 GCs; never where 0.</summary>
    public int CollectEvery { get; init; }

    public double LeakPerHour { get; init; }

    public Random Random => _random;

    public long this[int metric] => _values[metric];

    /// <summary>Changes a metric by so much; what falls becomes garbage.</summary>
    public void Change(int metric, long by)
    {
        _values[metric] += by;
        _dead += by < 0 ? -by * costs[metric] : 0;
    }

    public void Run(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _second++;
            _garbage += GarbagePerSecond;
            _leaked += LeakPerHour / 3600;
            if (CollectEvery > 0 && _second % CollectEvery == 0)
            {
                (_collections, _garbage, _dead) = (_collections + 1, 0, 0);
            }

            var live = 50d + _leaked + _values.Zip(costs, (value, cost) => value * cost).Sum();
            var noise = Noise * (_random.NextDouble() + _random.NextDouble() - 1);
            Learner.Keep(
                Bytes.Megabytes(live + _dead + _garbage + noise),
                new(metrics, Array.ConvertAll(_values, value => (long?)value)),
                _collections);
        }
    }

    public IReadOnlyList<MetricCost> Costs() => CostFit.Costs(metrics, Learner);
}
