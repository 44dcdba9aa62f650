namespace MemoryWatch;

/// <summary>
/// The cgroup level that a count belongs to. Counts since the creation of a cgroup are compared only if they have the same owner: another level
/// has other counts, and so has a cgroup that was created again under the same path.
/// </summary>
/// <param name="Path">The level's folder.</param>
/// <param name="Device">Device of the process's own cgroup; the levels above it exist as long as it does.</param>
/// <param name="Inode">Inode of the process's own cgroup.</param>
internal readonly record struct CounterOwner(string? Path, ulong Device, ulong Inode);
