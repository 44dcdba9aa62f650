namespace MemoryWatch;

/// <summary>Another process in the container of this one.</summary>
/// <param name="Id">Process id, as this process sees it.</param>
/// <param name="Name">Name of the program, at most 15 bytes, from <c>/proc/PID/comm</c>; safe to print.</param>
/// <param name="ResidentBytes">Resident memory, in bytes, from <c>/proc/PID/statm</c>.</param>
public sealed record ContainerProcess(int Id, string Name, long ResidentBytes);
