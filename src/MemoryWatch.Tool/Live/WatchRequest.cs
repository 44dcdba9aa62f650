namespace MemoryWatch.Tool.Live;

/// <summary>What the user asked of <c>memorywatch watch</c>.</summary>
internal sealed record WatchRequest(long Id, long? Limit, TimeSpan Interval, TimeSpan? Duration, string? Csv, bool Force, bool Json);
