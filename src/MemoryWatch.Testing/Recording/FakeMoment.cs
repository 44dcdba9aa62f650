namespace MemoryWatch.Testing;

/// <summary>A moment as time of day and as a timestamp, which a change of the clock does not move.</summary>
internal readonly record struct FakeMoment(DateTimeOffset Time, long Timestamp);
