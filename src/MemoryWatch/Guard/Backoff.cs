namespace MemoryWatch.Guard;

/// <summary>
/// Computes the pause after a failure: a first pause, doubled for each further failure in a row, up to a maximum. For one caller at a time.
/// </summary>
internal struct Backoff
{
    // Enough for every first pause in use to reach its maximum.
    private const int MostDoublings = 20;

    private int _failures;

    /// <summary>Whether the last attempt failed.</summary>
    public readonly bool IsFailing => _failures > 0;

    public void Failed() => _failures = Math.Min(_failures + 1, MostDoublings + 1);

    public void Succeeded() => _failures = 0;

    /// <returns>The pause after the last failure; zero if the last attempt did not fail.</returns>
    public readonly TimeSpan Pause(TimeSpan first, TimeSpan longest) => new(Pause(first.Ticks, longest.Ticks));

    /// <inheritdoc cref="Pause(TimeSpan, TimeSpan)"/>
    public readonly long Pause(long first, long longest) =>
        _failures == 0 ? 0 : first > longest >> (_failures - 1) ? longest : first << (_failures - 1);
}
