namespace MemoryWatch.Judge;

/// <summary>
/// Makes a suspicion a certainty: growth must go on for a while after it was first suspected, on data that did not lead to the suspicion.
/// </summary>
internal sealed class LeakConfirmation
{
    // Parts of the stretch that was suspected: for so long growth must go on, and for so long it may look different in between.
    private const double FreshPart = 0.15;
    private const double GracePart = 0.3;

    // By how much a growth must look more like a line than like the load of a day (DayRival). One that is as old as the program is seldom the rise
    // of a day, and that of its first hours still less; one that begins later often is.
    private const double BeatsDay = 0.5;
    private const double BeatsDayEarly = -0.5;
    private const double BeatsDayLater = 3;
    private const double EarlySeconds = 3 * 3600;

    // From then on the load of the day is known, and taken out of the floors (DayWave).
    private const double DayIsKnownSeconds = 1.5 * 86_400;

    // No load of a day rises for longer. A growth that reaches the limit sooner is not watched for so long.
    private const double UrgentSeconds = 43_200;

    private const double LeastSeconds = 450;

    private double? _since;
    private double _held;
    private double _stretch;

    // All conditions must be met by two judgments in a row, because one of many is met by chance.
    private bool _isMet;

    /// <param name="gate">The first condition of <see cref="LeakGates"/> that is not met.</param>
    /// <param name="shape">How memory grew.</param>
    /// <param name="now">Length of the series, in seconds.</param>
    /// <param name="leftBytes">What is left of the limit; without one, the memory itself, which would double.</param>
    /// <param name="isEnough">Whether there are enough readings to confirm anything.</param>
    public LeakGate Next(LeakGate gate, in GrowthShape shape, double now, double leftBytes, bool isEnough)
    {
        if (gate is not (LeakGate.None or LeakGate.NotConfirmed))
        {
            _isMet = false;
            _since = now - _held > GracePart * _stretch ? null : _since;
            return gate;
        }

        _held = now;
        (_since, _stretch) = _since is null ? (now, shape.Seconds) : (_since, _stretch);
        var isFresh = now - _since >= FreshPart * _stretch;
        var isNoDay = now >= DayIsKnownSeconds || shape.BeatsDay >= LeastBeatsDay(shape) || shape.Line.Slope * UrgentSeconds >= leftBytes;
        var (isMet, wasMet) = (gate == LeakGate.None && isFresh && isNoDay && isEnough && now >= LeastSeconds, _isMet);
        _isMet = isMet;
        return isMet && wasMet ? LeakGate.None : LeakGate.NotConfirmed;
    }

    private static double LeastBeatsDay(in GrowthShape shape) =>
        shape.IsPart ? BeatsDayLater : shape.Seconds < EarlySeconds ? BeatsDayEarly : BeatsDay;
}
