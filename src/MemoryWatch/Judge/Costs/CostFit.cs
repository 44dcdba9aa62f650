using System.Numerics;

namespace MemoryWatch.Judge;

/// <summary>
/// Computes the cost of each metric from the changes that were seen. Metrics that changed together are told apart by the changes in which they did
/// not: what is known of one is subtracted. Those that always changed together count as one, named by the first.
/// </summary>
internal sealed class CostFit
{
    private readonly IReadOnlyList<MetricDefinition> _metrics;
    private readonly CostSamples _samples;
    private readonly ulong[] _masks;
    private readonly double[] _rest;
    private readonly List<MetricCost> _costs = [];
    private ulong _known;

    private CostFit(IReadOnlyList<MetricDefinition> metrics, CostSamples samples, double quiet, double collected)
    {
        (_metrics, _samples) = (metrics, samples);
        (_masks, _rest) = (new ulong[samples.Count], new double[samples.Count]);
        for (var place = 0; place < _masks.Length; place++)
        {
            (_masks[place], _rest[place]) = (samples.Mask(place), samples.Bytes(place, quiet, collected));
        }
    }

    /// <param name="metrics">The metrics of the samples.</param>
    /// <param name="learner">What has been learned.</param>
    /// <returns>The costs that are known: an interval that is above 0 and not wider than the cost.</returns>
    public static IReadOnlyList<MetricCost> Costs(IReadOnlyList<MetricDefinition> metrics, CostLearner learner)
    {
        if (learner.Samples.Count < MedianInterval.Least)
        {
            return [];
        }

        var fit = new CostFit(metrics, learner.Samples, learner.Drift.Quiet.PerReading(), learner.Drift.Collected.PerReading());
        while (fit.TryFindNext())
        {
        }

        fit.FindGroups();
        return fit._costs;
    }

    /// <summary>Finds the cost of one more metric that changed alone, or only with metrics that are known.</summary>
    private bool TryFindNext()
    {
        foreach (var mask in _masks)
        {
            var unknown = mask & ~_known;
            if (BitOperations.PopCount(unknown) == 1 && Estimate(unknown) is { } estimate)
            {
                var metric = BitOperations.TrailingZeroCount(unknown);
                for (var place = 0; place < _rest.Length; place++)
                {
                    _rest[place] -= estimate.Value * _samples.Changes(place)[metric];
                }

                _known |= unknown;
                return true;
            }
        }

        return false;
    }

    private void FindGroups()
    {
        var seen = new HashSet<ulong>();
        foreach (var mask in _masks)
        {
            var unknown = mask & ~_known;
            if (unknown != 0 && seen.Add(unknown))
            {
                Estimate(unknown);
            }
        }
    }

    /// <summary>Estimates the cost from the changes of exactly these metrics, apart from known ones.</summary>
    private Estimate? Estimate(ulong metrics)
    {
        var first = BitOperations.TrailingZeroCount(metrics);
        Span<double> ratios = stackalloc double[CostSamples.Most];
        var count = 0;
        for (var place = 0; place < _masks.Length; place++)
        {
            if ((_masks[place] & ~_known) == metrics)
            {
                ratios[count++] = _rest[place] / _samples.Changes(place)[first];
            }
        }

        if (MedianInterval.Of(ratios[..count]) is not { } estimate)
        {
            return null;
        }

        if (estimate.Low > 0 && estimate.High - estimate.Low <= estimate.Value)
        {
            _costs.Add(new(_metrics[first], estimate, count) { Together = Others(metrics & ~(1UL << first)) });
        }

        return estimate;
    }

    private MetricDefinition[] Others(ulong metrics)
    {
        var others = new MetricDefinition[BitOperations.PopCount(metrics)];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = _metrics[BitOperations.TrailingZeroCount(metrics)];
            metrics &= metrics - 1;
        }

        return others;
    }
}
