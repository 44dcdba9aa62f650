using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>Locations that the Linux readers read. The defaults are this process on this machine; tests use other locations.</summary>
internal sealed record LinuxSource
{
    private const string OwnFolder = "/proc/self";

    /// <summary>The folder that stands for <c>/</c>, without a slash at its end.</summary>
    public string Root { get; init; } = string.Empty;

    /// <summary>The process's folder relative to the root.</summary>
    public string ProcessFolder { get; init; } = OwnFolder;

    /// <summary>
    /// The list of mounts by which the process's cgroup is found, relative to the root; <see langword="null"/> for the process's own. For another
    /// process it may be the list of the caller, who sees more levels above a container than the container does.
    /// </summary>
    public string? MountInfo { get; init; }

    /// <summary>
    /// The folder, relative to the root, below which the paths of that list are found: that of the process's own root if it is in another mount
    /// namespace, otherwise empty.
    /// </summary>
    public string MountRoot { get; init; } = string.Empty;

    /// <summary>Size of a page in bytes; pages are the unit of <c>statm</c>.</summary>
    public int PageSize { get; init; } = Environment.SystemPageSize;

    /// <summary>Whether to count threads and open files one by one, as on a kernel without the quick sources.</summary>
    public bool CountsEntries { get; init; }

    /// <summary>Performs the operations on the files.</summary>
    public IFiles Files { get; init; } = DiskFiles.Instance;

    /// <summary>Whether the readers read this process, so that their own handles are among its open files.</summary>
    public bool IsOwnProcess => Root.Length == 0 && ProcessFolder == OwnFolder;

    /// <summary>The path under which to open a file that the process sees at this absolute path.</summary>
    public string Resolve(string path) => Root + path;

    /// <summary>The file that the process sees at this absolute path.</summary>
    public KernelFile File(string path) => new(Files, Resolve(path));

    public KernelFile ProcessFile(string name) => File($"{ProcessFolder}/{name}");

    /// <summary>The path under which to open the list of mounts.</summary>
    public string ResolveMountInfo() => Resolve(MountInfo ?? $"{ProcessFolder}/mountinfo");

    /// <summary>The path under which to open what is in a mounted folder.</summary>
    public string ResolveMounted(string path) => Resolve(MountRoot + path);

    /// <summary>The file in a mounted folder.</summary>
    public KernelFile MountedFile(string path) => new(Files, ResolveMounted(path));
}
