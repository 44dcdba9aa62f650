using System.Threading.RateLimiting;

namespace MemoryWatch;

/// <summary>
/// The state of a <see cref="MemoryHeadroomLimiter"/>. The inherited counts of permits are in MB, rounded down;
/// <see cref="RateLimiterStatistics.CurrentAvailablePermits"/> is <see cref="int.MaxValue"/> while nothing is measured.
/// </summary>
/// <example>
/// <code>
/// app.MapGet("/headroom", (MemoryHeadroomLimiter limiter) =>
/// {
///     MemoryHeadroomStatistics now = limiter.GetStatistics();
///     return new { now.AvailableBytes, now.OpenLeases, now.OldestLeaseAge };
/// });
/// </code>
/// </example>
public sealed class MemoryHeadroomStatistics : RateLimiterStatistics
{
    /// <summary>
    /// Memory that can be granted now, in bytes; 0 if there is none, or if no new work is granted. <see langword="null"/> while nothing is
    /// measured, so that everything is granted.
    /// </summary>
    public long? AvailableBytes { get; init; }

    /// <summary>Sum of the open leases, in bytes.</summary>
    public long LeasedBytes { get; init; }

    /// <summary>The part of the open leases that is not in the readings of memory yet, in bytes.</summary>
    public long ReservedBytes { get; init; }

    /// <summary>Number of open leases.</summary>
    public int OpenLeases { get; init; }

    /// <summary>
    /// Time since the oldest open lease was granted; <see langword="null"/> if none is open. A lease that was never disposed shows here: its age
    /// only grows.
    /// </summary>
    public TimeSpan? OldestLeaseAge { get; init; }

    /// <summary>Number of requests that wait for memory.</summary>
    public int QueuedRequests { get; init; }

    /// <summary>
    /// How long work has not been granted for want of room although no lease is open; <see langword="null"/> if that is not so. Something else uses
    /// the memory then, such as a leak, and it does not get better by refusing work. It ends with the next lease, or when there is room for what was
    /// asked for.
    /// </summary>
    public TimeSpan? StarvedFor { get; init; }

    /// <summary>Number of leases that were granted without a measurement (<see cref="HeadroomBasis.Unmeasured"/>).</summary>
    public long UnmeasuredLeases { get; init; }

    /// <summary>Why no new work is granted at all; <see langword="null"/> if it is.</summary>
    public string? StoppedReason { get; init; }
}
