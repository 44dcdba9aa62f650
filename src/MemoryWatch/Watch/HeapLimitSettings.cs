namespace MemoryWatch.Watch;

/// <summary>The settings of the heap limit in force.</summary>
internal sealed record HeapLimitSettings(bool Enabled, MemoryThreshold Reserve);
