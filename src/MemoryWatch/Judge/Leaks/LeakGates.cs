namespace MemoryWatch.Judge;

/// <summary>
/// The conditions that the shape of a growth must meet. Those of a suspicion come first, from the cheapest explanation to the rarest; the last
/// ones make it sure enough to be confirmed.
/// </summary>
/// <remarks>
/// The values are round numbers that were chosen on the seeds 1 to 100 of the scored corpus, and reported on others: docs/leak-detection.md.
/// </remarks>
internal static class LeakGates
{
    // In standard deviations of the noise, and as a part of the limit. A leak of 2 % of the limit must be found before its end.
    private const double LeastNoises = 3;
    private const double LeastOfLimit = 0.015;

    // The last quarter is above all earlier floors by at least this part of the growth.
    private const double LeastNewHigh = 0.03;

    // Ratios of the slope of the second half to that of the first, or of this stretch to what was before it.
    private const double Slowing = 0.6;
    private const double SurelySlowing = 0.85;
    private const double NotSlowing = 0.82;
    private const double Accelerating = 1.7;
    private const double FlatBefore = 0.15;
    private const double LikeBefore = 0.95;
    private const double WellAboveHalf = 0.65;

    private const double SlowingNoises = 2.5;
    private const double SureNoises = 0.5;

    private const double LeastSteadiness = 2;
    private const double SureSteadiness = 5;

    /// <param name="shape">How memory grew.</param>
    /// <param name="limitBytes">The limit, or the highest memory if there is none.</param>
    public static LeakGate Of(in GrowthShape shape, double limitBytes)
    {
        if (shape.Growth <= 0 || shape.AboveEarlier <= LeastNewHigh * shape.Growth)
        {
            return LeakGate.NoNewHigh;
        }

        if (shape.Line.Low <= 0)
        {
            return LeakGate.NotSignificant;
        }

        if (IsTooSmall(shape, limitBytes))
        {
            return LeakGate.TooSmall;
        }

        if (shape.Early <= 0 || shape.Late <= 0)
        {
            return LeakGate.OneHalfOnly;
        }

        if (shape.IsSteps)
        {
            return LeakGate.InSteps;
        }

        if (IsSlowingDown(shape))
        {
            return LeakGate.SlowingDown;
        }

        return shape.Steadiness < LeastSteadiness ? LeakGate.NotSignificant : IsSure(shape) ? LeakGate.None : LeakGate.NotConfirmed;
    }

    /// <summary>Whether memory is at a higher level than it was, by an amount that matters, whatever the shape of the rise.</summary>
    public static bool Rose(in GrowthShape shape, double limitBytes) => shape.Rise >= LeastOfLimit * limitBytes;

    private static bool IsTooSmall(in GrowthShape shape, double limitBytes) =>
        shape.Growth < LeastNoises * shape.Line.Noise || shape.Growth < LeastOfLimit * limitBytes;

    private static bool IsSlowingDown(in GrowthShape shape) =>
        shape.Late < Slowing * shape.Early
        || (shape.Late < SurelySlowing * shape.Early && shape.Early - shape.Late > SlowingNoises * shape.HalfNoise)
        || shape.Line.Slope < Slowing * shape.Before;

    private static bool IsSure(in GrowthShape shape)
    {
        // A growth that becomes faster is load that arrives, unless memory was level before and then began to leak; a part of one that becomes slower
        // looks straight by itself.
        var isFaster = shape.Late > Accelerating * shape.Early && shape.Late - shape.Early > SlowingNoises * shape.HalfNoise;
        var isConstant = !shape.IsPart || shape.Before <= FlatBefore * shape.Line.Slope || (shape.Before > Slowing * shape.Line.Slope && shape.Line.Slope >= LikeBefore * shape.Before);
        return !isFaster && isConstant && shape.Steadiness >= SureSteadiness
            && shape.Late >= NotSlowing * shape.Early && shape.Late - (WellAboveHalf * shape.Early) >= SureNoises * shape.HalfNoise;
    }
}
