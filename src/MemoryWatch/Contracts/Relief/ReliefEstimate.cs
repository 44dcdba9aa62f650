namespace MemoryWatch;

/// <summary>What a relief step would free, as far as it can be known without doing it.</summary>
/// <param name="Bytes">Upper bound in bytes; <see langword="null"/> if it is unknown.</param>
/// <param name="Items">Number of items that would go, such as the entries of a cache; <see langword="null"/> if it is unknown.</param>
public sealed record ReliefEstimate(long? Bytes, long? Items = null);
