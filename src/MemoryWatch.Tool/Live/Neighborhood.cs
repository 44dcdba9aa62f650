namespace MemoryWatch.Tool.Live;

/// <summary>Who else is in the process's own cgroup.</summary>
/// <param name="Others">The largest of them; <see langword="null"/> if they cannot be read.</param>
/// <param name="Children">Number of those that the process started; <see langword="null"/> if not all are known.</param>
internal sealed record Neighborhood(ContainerProcesses? Others, int? Children);
