namespace MemoryWatch.Read;

/// <summary>What is known from outside of a cgroup: by it, the cgroup's numbers are checked and estimated.</summary>
/// <param name="ResidentBytes">Resident memory of this process.</param>
/// <param name="MachineBytes">Memory of the machine.</param>
/// <param name="Kernel">Memory of the machine's kernel.</param>
internal readonly record struct Surroundings(long? ResidentBytes, long? MachineBytes, KernelMemory Kernel);
