namespace MemoryWatch.Judge;

/// <summary>
/// The conditions that the shape of a growth must meet. Those of a suspicion come first, from the cheapest explanation to the rarest; the last
/// ones make it sure enough to be confirmed.
/// </summary>
/// <remarks>
/// The values are round numbers that were chosen on the seeds 30001 to 30500 of the scored corpus, and reported on others: docs/leak-detection.md.
/// </remarks>
internal static class LeakGates
{
    // In standard deviations of the noise, and as a part of the limit. A leak of 2 % of the limit must be found before its end.
    private const double LeastNoises = 3;
    private const double LeastOfLimit = 0.015;

    // Ratios of the slope of the second half to that of the first, or of this stretch to what was before it.
    private const double Slowing = 0.6;
    private const double Straight = 0.82;
    private const double LevelBefore = 0.3;

    // In standard errors of the growth. So many judgments are made of each series that 3 are often reached by chance.
    private const double LeastCertainty = 3.5;
    private const double SureCertainty = 5;

    // By how much a growth must look more like a line than like the load of a day. In its first hours one that is as old as the program looks like
    // both, but must not look like the load alone; one that begins later often is the rise of a day.
    private const double BeatsDay = -0.2;
    private const double BeatsDayLater = 3;

    // No load of a day rises for longer. A growth that reaches the limit sooner is not watched for so long.
    private const double UrgentSeconds = 43_200;

    /// <param name="shape">How memory grew.</param>
    /// <param name="room">The limit, and what is left of it.</param>
    public static LeakGate Of(in GrowthShape shape, in LeakRoom room)
    {
        if (shape.Growth <= 0 || shape.AboveEarlier <= 0)
        {
            return LeakGate.NoNewHigh;
        }

        if (shape.Line.Low <= 0)
        {
            return LeakGate.NotSignificant;
        }

        if (IsTooSmall(shape, room.LimitBytes))
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

        return shape.Certainty >= LeastCertainty ? IsSure(shape, room) ? LeakGate.None : LeakGate.NotConfirmed : LeakGate.NotSignificant;
    }

    /// <summary>Whether memory is at a higher level than it was, by an amount that matters, whatever the shape of the rise.</summary>
    public static bool Rose(in GrowthShape shape, double limitBytes) => shape.Rise >= LeastOfLimit * limitBytes;

    private static bool IsTooSmall(in GrowthShape shape, double limitBytes) =>
        shape.Growth < LeastNoises * shape.Line.Noise || shape.Growth < LeastOfLimit * limitBytes;

    private static bool IsSlowingDown(in GrowthShape shape) =>
        shape.Late < Slowing * shape.Early || shape.Line.Slope < Slowing * shape.Before;

    /// <summary>
    /// Before a part of the time memory must have been level: its certainty rests on that, and a part of a growth that becomes slower looks straight by
    /// itself.
    /// </summary>
    private static bool IsSure(in GrowthShape shape, in LeakRoom room) =>
        shape.Certainty >= SureCertainty
        && shape.Late >= Straight * shape.Early
        && (!shape.IsPart || shape.Before <= LevelBefore * shape.Line.Slope)
        && (shape.BeatsDay >= (shape.IsPart ? BeatsDayLater : BeatsDay) || shape.Line.Slope * UrgentSeconds >= room.LeftBytes);
}
