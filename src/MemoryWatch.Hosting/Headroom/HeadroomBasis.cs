namespace MemoryWatch;

/// <summary>What a lease of <see cref="MemoryHeadroomLimiter"/> was granted on.</summary>
/// <example>
/// <code>
/// using var lease = limiter.AttemptAcquireFor("Download");
/// if (lease.TryGetMetadata(MemoryHeadroomLimiter.Basis, out var basis) &amp;&amp; basis == HeadroomBasis.Unmeasured)
/// {
///     logger.LogWarning("Granted without knowing whether there is memory for it");
/// }
/// </code>
/// </example>
public enum HeadroomBasis
{
    /// <summary>It fits beside all memory that is used, garbage included.</summary>
    Measured,

    /// <summary>It fits because the next GC can free, or reuse, memory that holds no live objects.</summary>
    Reclaimable,

    /// <summary>
    /// Nothing is known that it would not fit in: the watch is disabled or has not read yet, there is no limit, or memory could not be read.
    /// </summary>
    Unmeasured,
}
