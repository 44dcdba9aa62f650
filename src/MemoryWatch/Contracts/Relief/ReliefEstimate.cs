namespace MemoryWatch;

/// <summary>What a relief step would free, as far as it can be known without doing it.</summary>
/// <param name="Bytes">Upper bound in bytes; <see langword="null"/> if it is unknown.</param>
/// <param name="Items">Number of items that would go, such as the entries of a cache; <see langword="null"/> if it is unknown.</param>
/// <example>
/// <code>
/// public sealed class ThumbnailRelief(ThumbnailCache cache) : IMemoryRelief
/// {
///     public string Name => "Thumbnails";
///
///     public ReliefStage Stage => ReliefStage.Cache;
///
///     public ReliefEstimate? Estimate(MemoryZone zone) => new(cache.Bytes, cache.Count);
///
///     public Task RelieveAsync(CancellationToken cancellationToken)
///     {
///         cache.Clear();
///         return Task.CompletedTask;
///     }
/// }
/// </code>
/// </example>
public sealed record ReliefEstimate(long? Bytes, long? Items = null);
