namespace MemoryWatch.Guard;

/// <summary>
/// How long to leave alone what has failed: a first pause, doubled for each failure in a row after the first, up to a longest one.
/// For one caller at a time.
/// </summary>
internal struct Backoff
{
    // Enough for any first pause to reach any longest one that is in use.
    private const int MostDoublings = 20;

    private int _failures;

    /// <summary>Whether the last attempt failed.</summary>
    public readonly bool IsFailing => _failures > 0;

    public void Failed() => _failures = Math.Min(_failures + 1, MostDoublings + 1);

    public void Succeeded() => _failures = 0;

    /// <returns>The pause after the last failure; zero where the last attempt did not fail.</returns>
    public readonly TimeSpan Pause(TimeSpan first, TimeSpan longest) => new(Pause(first.Ticks, longest.Ticks));

    /// <inheritdoc cref="Pause(TimeSpan, TimeSpan)"/>
    public readonly long Pause(long first, long longest) =>
        _failures == 0 ? 0 : first > longest >> (_failures - 1) ? longest : first << (_failures - 1);
}
