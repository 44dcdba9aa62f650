namespace MemoryWatch;

/// <summary>A step that relief would have called if it did not only observe.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="Zone">The zone of memory, by the lower bound of what is used.</param>
/// <param name="Estimate">What the step would have freed; <see langword="null"/> if that is unknown.</param>
internal sealed record ReliefPreview(string Name, MemoryZone Zone, ReliefEstimate? Estimate);
