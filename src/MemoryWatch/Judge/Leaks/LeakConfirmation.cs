namespace MemoryWatch.Judge;

/// <summary>
/// Makes a suspicion a certainty: growth must go on for a while after it was first suspected, on data that did not lead to the suspicion.
/// </summary>
internal sealed class LeakConfirmation
{
    // Parts of the stretch that was suspected: for so long growth must go on, and for so long it may look different in between.
    private const double FreshPart = 0.15;
    private const double GracePart = 0.3;

    // The start of a program grows, too.
    private const double LeastSeconds = 450;

    private double? _since;
    private double _held;
    private double _stretch;

    // All conditions must be met by two judgments in a row, because one of many is met by chance.
    private bool _isMet;

    /// <param name="gate">The first condition of <see cref="LeakGates"/> that is not met.</param>
    /// <param name="shape">How memory grew.</param>
    /// <param name="now">Length of the series, in seconds.</param>
    /// <param name="isEnough">Whether there are enough readings to confirm anything.</param>
    public LeakGate Next(LeakGate gate, in GrowthShape shape, double now, bool isEnough)
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
        var (isMet, wasMet) = (gate == LeakGate.None && isFresh && isEnough && now >= LeastSeconds, _isMet);
        _isMet = isMet;
        return isMet && wasMet ? LeakGate.None : LeakGate.NotConfirmed;
    }
}
