namespace MemoryWatch.Benchmarks.Processes;

/// <summary>Memory of a child process, in bytes.</summary>
/// <param name="ResidentBytes">Sum of the following.</param>
/// <param name="AnonymousBytes">Memory that does not belong to a file.</param>
/// <param name="SharedBytes">Shared memory, in which the runtime keeps the code that it compiles.</param>
/// <param name="FileBackedBytes">Mapped files, which the kernel can drop and several processes share.</param>
internal readonly record struct ChildMemory(long ResidentBytes, long AnonymousBytes, long SharedBytes, long FileBackedBytes);
