namespace MemoryWatch;

/// <summary>The settings of the black box. They are read once, when the watch is created; a later change needs a restart.</summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options =>
/// {
///     BlackBoxOptions blackBox = options.BlackBox;
///     (blackBox.Path, blackBox.Size, blackBox.KeptFiles) = ("/data/memory.blackbox", "4MB", 5);
/// });
/// </code>
/// </example>
public sealed class BlackBoxOptions
{
    /// <summary>
    /// Path of the black box file, such as <c>data/memory.blackbox</c>; <see langword="null"/>, the default, disables it. The file survives a
    /// kill and the next start reads it, so keep it on a disk that outlives the process. A relative path is below the current folder, in a host
    /// below the content root.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>Size of the file, 64 KB to 16 MB; 1 MB by default. The whole file is written once at the start and never grows.</summary>
    public MemorySize Size { get; set; } = MemoryWatchDefaults.BlackBoxSize;

    /// <summary>Number of files of earlier runs that are kept next to it, 1 to 20; 3 by default.</summary>
    public int KeptFiles { get; set; } = MemoryWatchDefaults.BlackBoxKeptFiles;
}
