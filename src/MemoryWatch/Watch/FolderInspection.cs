using MemoryWatch.Read;
using MemoryWatch.Tell;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>
/// Finds out at the start where the files of the watched folders are stored, and has it logged. On a helper thread, because a folder on a disk that
/// hangs would block the start of the program.
/// </summary>
/// <param name="reader">Reads where a folder is.</param>
/// <param name="logger">The logger.</param>
/// <param name="found">Receives all folders that have been inspected, each time that there is one more.</param>
/// <param name="patience">How long the start waits; <see langword="null"/> for one second.</param>
internal sealed class FolderInspection(
    IMemoryReader reader, ILogger logger, Action<IReadOnlyList<WatchedFolder>>? found = null, TimeSpan? patience = null)
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(1);

    private volatile WatchedFolder[] _found = [];

    /// <summary>The folders that have been inspected.</summary>
    public IReadOnlyList<WatchedFolder> Found => _found;

    /// <summary>Inspects the folders. Returns when that is done, or takes too long: then the rest follows when the disk answers.</summary>
    public void Start(string[] folders)
    {
        if (folders.Length > 0)
        {
            var inspection = new Thread(() => Inspect(folders)) { IsBackground = true, Name = "MemoryWatch folders" };
            inspection.UnsafeStart();
            inspection.Join(patience ?? DefaultPatience);
        }
    }

    private void Inspect(string[] folders)
    {
        foreach (var path in folders)
        {
            if (reader.ReadFolder(path) is { } folder)
            {
                _found = [.. _found, folder];
                found?.Invoke(_found);
                WatchedFolderLog.Write(logger, folder);
            }
        }
    }
}
