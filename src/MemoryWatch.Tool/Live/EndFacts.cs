namespace MemoryWatch.Tool.Live;

/// <summary>What is known when a process has ended; <see langword="null"/> if it could not be read.</summary>
/// <param name="GroupKillsBefore">OOM kills of its own cgroup some seconds before the end.</param>
/// <param name="GroupKillsAfter">The same after the end.</param>
/// <param name="MachineKillsBefore">OOM kills of the machine some seconds before the end.</param>
/// <param name="MachineKillsAfter">The same after the end.</param>
/// <param name="MostOthers">The highest number of other processes in its own cgroup during these seconds.</param>
/// <param name="IsInKernelLog">Whether the kernel's log says that it killed this process; <see langword="null"/> if the log cannot tell.</param>
/// <param name="Zone">The zone at the last reading.</param>
internal sealed record EndFacts(
    long? GroupKillsBefore, long? GroupKillsAfter, long? MachineKillsBefore, long? MachineKillsAfter, int? MostOthers, bool? IsInKernelLog,
    MemoryZone Zone);
