namespace MemoryWatch.Hosting;

/// <summary>
/// Knows how long work has not been granted for want of room although no lease is open: it is not leased work that takes the room. For one caller at
/// a time.
/// </summary>
internal sealed class Starvation(TimeProvider time)
{
    private long? _since;
    private long _leastBytes;

    /// <summary>A request did not fit while no lease was open.</summary>
    public void Begin(long bytes)
    {
        _leastBytes = _since is null ? bytes : Math.Min(bytes, _leastBytes);
        _since ??= time.GetTimestamp();
    }

    /// <summary>A request was granted.</summary>
    public void End() => _since = null;

    /// <param name="leftBytes">What could be granted now; <see langword="null"/> if nothing is measured.</param>
    /// <returns>How long it lasts; <see langword="null"/> if there is room by now for the least that was asked for.</returns>
    public TimeSpan? Duration(long? leftBytes) => leftBytes < _leastBytes && _since is { } since ? time.GetElapsedTime(since) : null;
}
