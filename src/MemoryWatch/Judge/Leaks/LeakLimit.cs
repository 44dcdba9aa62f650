namespace MemoryWatch.Judge;

/// <summary>The limit that a growth reaches first.</summary>
/// <param name="Source">The limit.</param>
/// <param name="Bytes">The limit, in bytes.</param>
/// <param name="LeftBytes">What is left of it, in bytes.</param>
internal readonly record struct LeakLimit(LimitSource Source, double Bytes, double LeftBytes)
{
    /// <summary>The limit with the least room; <see langword="null"/> if neither is known.</summary>
    public static LeakLimit? Of(in MemoryUsage usage, in MemoryUsage? heap = null)
    {
        var (first, second) = (Of(usage), heap is { } other ? Of(other) : null);
        return second?.LeftBytes < first?.LeftBytes || first is null ? second : first;
    }

    private static LeakLimit? Of(in MemoryUsage usage) => usage is { LimitBytes: { } limit, AvailableBytes: { } left }
        ? new(usage.Source, limit, left)
        : null;
}
