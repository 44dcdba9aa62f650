namespace MemoryWatch;

/// <summary>A threshold in bytes above the limit: usage can never reach it.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Threshold">Its value.</param>
/// <param name="Usage">The limit.</param>
/// <param name="UsedInsteadBytes">The default that is used instead, in bytes; <see langword="null"/> if there is none.</param>
internal sealed record ThresholdAboveLimit(string Name, MemoryThreshold Threshold, MemoryUsage Usage, long? UsedInsteadBytes);
