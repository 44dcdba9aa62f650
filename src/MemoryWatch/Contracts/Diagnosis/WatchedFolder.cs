namespace MemoryWatch;

/// <summary>Where the files of a folder are stored, as it was when the watch started.</summary>
/// <param name="Path">Full path of the folder; safe to print.</param>
/// <param name="FileSystem">
/// Type of the file system, such as <c>tmpfs</c>, as <c>/proc/self/mountinfo</c> names it; <see langword="null"/> if it is unknown.
/// </param>
/// <param name="IsMemory">
/// Whether files in the folder are in memory, so that each counts as memory of the container that writes it: <see langword="true"/> for tmpfs and
/// ramfs, <see langword="false"/> for file systems of disks and of the network, <see langword="null"/> if it is unknown. It is unknown for overlay,
/// the usual file system of a container's image, because the layer below it is not visible from inside.
/// </param>
/// <param name="UsedBytes">
/// Bytes that all files of the mounted file system take, not only those of the folder (<c>statfs</c>); <see langword="null"/> if it is unknown.
/// </param>
/// <param name="Problem">Why nothing, or less, is known.</param>
/// <example>
/// <code>
/// using var watch = MemoryWatcher.Start(builder => builder.WatchFolder("/tmp/downloads"));
///
/// // Files in tmpfs are memory: they count against the limit of the container.
/// foreach (WatchedFolder folder in watch.WatchedFolders.Where(f => f.IsMemory == true &amp;&amp; f.Problem == FolderProblem.None))
/// {
///     Console.WriteLine($"{folder.Path}: {folder.UsedBytes} bytes of memory");
/// }
/// </code>
/// </example>
public sealed record WatchedFolder(string Path, string? FileSystem, bool? IsMemory, long? UsedBytes, FolderProblem Problem = FolderProblem.None);
