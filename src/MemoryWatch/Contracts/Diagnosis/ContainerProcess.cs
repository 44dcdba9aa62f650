namespace MemoryWatch;

/// <summary>Another process in the container of this one.</summary>
/// <param name="Id">Process id, as this process sees it.</param>
/// <param name="Name">Name of the program, at most 15 bytes, from <c>/proc/PID/comm</c>; safe to print.</param>
/// <param name="ResidentBytes">Resident memory, in bytes, from <c>/proc/PID/statm</c>.</param>
/// <example>
/// <code>
/// // Other processes of the container count against its limit too.
/// foreach (ContainerProcess process in watch.Current.ContainerProcesses?.Largest ?? [])
/// {
///     Console.WriteLine($"{process.Name} ({process.Id}): {process.ResidentBytes >> 20} MB");
/// }
/// </code>
/// </example>
public sealed record ContainerProcess(int Id, string Name, long ResidentBytes);
