namespace MemoryWatch.Hosting;

/// <summary>How long leases usually last, for the advice when to try again. Recent ones count most. For one caller at a time.</summary>
internal sealed class LeaseDurations
{
    private const double NewPart = 0.1;
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private double? _seconds;

    /// <summary>When memory will probably have been given back; 1 s to 5 min, 5 s if no lease has ended yet.</summary>
    public TimeSpan RetryAfter => _seconds is { } seconds
        ? TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(seconds), Shortest.TotalSeconds, Longest.TotalSeconds))
        : Unknown;

    public void Add(TimeSpan duration)
    {
        var seconds = Math.Max(0, duration.TotalSeconds);
        _seconds = _seconds is { } before ? before + ((seconds - before) * NewPart) : seconds;
    }
}
