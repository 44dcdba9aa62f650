using System.Runtime.CompilerServices;

namespace MemoryWatch.Judge;

/// <summary>
/// How certain it is that memory grows, if it may also wander: a growth and its standard error beside noise of which an unknown part stays, as in a
/// random walk. One that wanders strays as far as many leaks grow, and only the sizes of its small steps tell how far that is.
/// </summary>
/// <remarks>
/// Before the growth memory is taken to be level, which tells where a late growth began. The noise is fitted for each strength of the walk by the
/// recursion of Kalman, and each counts by its restricted likelihood.
/// </remarks>
internal static class GrowthCertainty
{
    // What a walk adds to the variance from one floor to the next, as parts of the variance of the noise that does not stay.
    private static readonly double[] Walks = [0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 100];

    /// <param name="seconds">When the floors were, in seconds.</param>
    /// <param name="floors">The floors.</param>
    /// <param name="start">The floor at which the growth begins.</param>
    /// <returns>The growth rate divided by its standard error; negative if memory falls.</returns>
    public static double Of(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, int start)
    {
        Span<double> likelihoods = stackalloc double[Walks.Length];
        Span<double> rates = stackalloc double[Walks.Length];
        Span<double> variances = stackalloc double[Walks.Length];
        var most = double.NegativeInfinity;
        for (var i = 0; i < Walks.Length; i++)
        {
            (likelihoods[i], rates[i], variances[i]) = Fit(seconds, floors, start, Walks[i]);
            most = Math.Max(most, likelihoods[i]);
        }

        double sum = 0, rate = 0, variance = 0;
        for (var i = 0; i < Walks.Length; i++)
        {
            likelihoods[i] = Math.Exp(likelihoods[i] - most);
            sum += likelihoods[i];
            rate += likelihoods[i] * rates[i];
        }

        rate /= sum;
        for (var i = 0; i < Walks.Length; i++)
        {
            variance += likelihoods[i] / sum * (variances[i] + ((rates[i] - rate) * (rates[i] - rate)));
        }

        return variance > 0 ? rate / Math.Sqrt(variance) : 0;
    }

    // Compiled once, without a profile: a judgment runs it a hundred times.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Likelihood, double Rate, double Variance) Fit(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, int start, double walk)
    {
        // Perfect lines have no noise; they count as having a billionth of their own variance.
        const double LeastNoise = 1e-9;
        var n = seconds.Length;
        var (length, step) = (seconds[^1] - seconds[start], (seconds[^1] - seconds[0]) / (n - 1));
        double level = floors[0], grown = 0, variance = 1, logarithms = 0, squares = 0, products = 0, growths = 0;
        for (var i = 1; i < n; i++)
        {
            variance += walk * (seconds[i] - seconds[i - 1]) / step;
            var total = variance + 1;
            var gain = variance / total;
            var growth = Math.Max(0, seconds[i] - seconds[start]) / length;
            var (surprise, expected) = (floors[i] - level, growth - grown);
            (level, grown, variance) = (level + (gain * surprise), grown + (gain * expected), gain);
            logarithms += Math.Log(total);
            squares += surprise * surprise / total;
            products += surprise * expected / total;
            growths += expected * expected / total;
        }

        var rate = products / growths;
        var noise = Math.Max(squares - (rate * products), (LeastNoise * squares) + double.Epsilon) / (n - 2);
        return (-0.5 * (((n - 2) * Math.Log(noise)) + logarithms + Math.Log(growths)), rate, noise / growths);
    }
}
