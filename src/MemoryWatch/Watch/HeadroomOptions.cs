namespace MemoryWatch;

/// <summary>
/// The settings of <c>MemoryHeadroomLimiter</c> in MemoryWatch.Hosting, which grants work only while there is memory for it. Without a limiter
/// they have no effect.
/// </summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options =>
/// {
///     HeadroomOptions headroom = options.Headroom;
///     (headroom.DefaultLease, headroom.QueueLimit) = ("32MB", "128MB");
/// }).AddHeadroomLimiter();
/// </code>
/// </example>
public sealed class HeadroomOptions
{
    /// <summary>
    /// Leases are granted up to this usage; what is above it is the reserve for everything that has no lease. If <see langword="null"/>, the
    /// default, it is halfway from <see cref="MemoryWatchOptions.CriticalThreshold"/> to <see cref="MemoryWatchOptions.ImminentThreshold"/>, so that
    /// relief in the critical zone gets its turn before work is refused. A part of the limit also applies to the GC's heap limit.
    /// </summary>
    public MemoryThreshold? Ceiling { get; set; }

    /// <summary>
    /// What an operation gets of which fewer than 20 have ended, so that nobody knows yet what it needs; 16 MB by default, 1 MB to 1 GB.
    /// </summary>
    public MemorySize DefaultLease { get; set; } = MemoryWatchDefaults.HeadroomDefaultLease;

    /// <summary>
    /// How much may wait for memory, as the sum of what was asked for; 0, the default, for none: what does not fit is refused at once.
    /// </summary>
    public MemorySize QueueLimit { get; set; }

    /// <summary>Maximum time that a request for memory waits before it is refused; 30 s by default, 0.1 s to 10 min.</summary>
    public TimeSpan QueueTimeout { get; set; } = MemoryWatchDefaults.HeadroomQueueTimeout;

    /// <summary>
    /// Whether the newest request is granted first, and the oldest is refused when the queue is full; <see langword="false"/> by default: the
    /// oldest is granted first, and the newest is refused.
    /// </summary>
    public bool QueueNewestFirst { get; set; }
}
