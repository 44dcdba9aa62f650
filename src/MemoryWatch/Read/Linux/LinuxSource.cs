namespace MemoryWatch.Read;

/// <summary>Where the Linux readers look. The defaults are this process on this machine; tests look elsewhere.</summary>
internal sealed record LinuxSource
{
    private const string OwnFolder = "/proc/self";

    /// <summary>The folder that stands for <c>/</c>, without a slash at its end.</summary>
    public string Root { get; init; } = string.Empty;

    /// <summary>The process's folder as seen from the root.</summary>
    public string ProcessFolder { get; init; } = OwnFolder;

    /// <summary>Bytes of a page, the unit of <c>statm</c>.</summary>
    public int PageSize { get; init; } = Environment.SystemPageSize;

    /// <summary>Counts threads and open files one by one, as on a kernel without the quick sources.</summary>
    public bool CountsEntries { get; init; }

    /// <summary>Whether it is this process that is read, so that handles opened for reading are seen in it.</summary>
    public bool IsOwnProcess => Root.Length == 0 && ProcessFolder == OwnFolder;

    /// <summary>Where a file is to be opened that the process knows under this absolute path.</summary>
    public string Resolve(string path) => Root + path;

    public KernelFile ProcessFile(string name) => new(Resolve($"{ProcessFolder}/{name}"));
}
