namespace MemoryWatch.Tell;

/// <summary>Used memory at or above which memory is in a zone, in bytes; <see langword="null"/> if no limit is known.</summary>
internal readonly record struct ZoneEdges(long? Elevated, long? Critical, long? Imminent);
