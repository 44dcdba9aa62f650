namespace MemoryWatch.Tool.Machine;

/// <summary>What a collected file has beside the files of the machine.</summary>
/// <param name="Version">Version of the form; a reader refuses a later one.</param>
/// <param name="Facts">What is not in files.</param>
/// <param name="Entries">What was at each path, in the order of reading. The content of a file is in the entry with its path.</param>
internal sealed record ArchiveManifest(int Version, MachineFacts Facts, IReadOnlyList<ArchiveManifest.Entry> Entries)
{
    public const int CurrentVersion = 1;

    /// <param name="Path">The path, with names replaced.</param>
    /// <param name="State">What was there.</param>
    internal sealed record Entry(string Path, RecordedState State);
}
