namespace MemoryWatch.Judge;

/// <summary>
/// Makes a suspicion a certainty: growth must go on for a while after it was first suspected, on data that did not lead to the suspicion.
/// </summary>
internal sealed class LeakConfirmation
{
    // Parts of the stretch that was suspected: for so long growth must go on, and for so long it may look different in between.
    private const double FreshPart = 0.15;
    private const double GracePart = 0.3;

    // The load of a day and a slow warm-up look like a leak until they are over. A growth that reaches the limit sooner cannot be watched for so
    // long.
    private const double PatientSeconds = 79_200;
    private const double UrgentSeconds = 72_000;

    private const double LeastSeconds = 450;

    private double? _since;
    private double _held;
    private double _stretch;

    /// <param name="gate">The first condition of <see cref="LeakGates"/> that is not met.</param>
    /// <param name="shape">How memory grew.</param>
    /// <param name="now">Length of the series, in seconds.</param>
    /// <param name="leftBytes">What is left of the limit; without one, the memory itself, which would double.</param>
    /// <param name="isEnough">Whether there are enough readings to confirm anything.</param>
    public LeakGate Next(LeakGate gate, in GrowthShape shape, double now, double leftBytes, bool isEnough)
    {
        if (gate is not (LeakGate.None or LeakGate.NotConfirmed))
        {
            _since = now - _held > GracePart * _stretch ? null : _since;
            return gate;
        }

        _held = now;
        (_since, _stretch) = _since is null ? (now, shape.Seconds) : (_since, _stretch);
        var isFresh = now - _since >= FreshPart * _stretch;
        var isPatient = now >= PatientSeconds || shape.Line.Slope * UrgentSeconds >= leftBytes;
        return gate == LeakGate.None && isFresh && isPatient && isEnough && now >= LeastSeconds ? LeakGate.None : LeakGate.NotConfirmed;
    }
}
