using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>Logs where the files of a watched folder are stored: a warning if each of them counts as memory, or if that cannot be found out.</summary>
internal static class WatchedFolderLog
{
    private const string Title = "Watched folder";

    public static void Write(ILogger logger, WatchedFolder folder)
    {
        var level = folder.IsMemory == true || folder.Problem is not (FolderProblem.None or FolderProblem.Missing)
            ? LogLevel.Warning
            : LogLevel.Information;
        if (logger.IsEnabled(level))
        {
            LogState.WithDetails(Title, $"{Title} {folder.Path} {Describe(folder)}")
                .Add("folder", folder.Path)
                .Add("file_system", folder.FileSystem)
                .Add("is_memory", folder.IsMemory)
                .Add("file_system_used_bytes", folder.UsedBytes)
                .Add("problem", folder.Problem == FolderProblem.None ? null : folder.Problem.ToString())
                .Write(logger, level, LogEvents.WatchedFolder, nameof(LogEvents.WatchedFolder));
        }
    }

    private static string Describe(WatchedFolder folder) => folder.Problem switch
    {
        FolderProblem.None => $"is on {folder.FileSystem}: {Meaning(folder)}",
        FolderProblem.Missing when folder.FileSystem is not null => $"does not exist yet, and would be created on {folder.FileSystem}: {Meaning(folder)}",
        FolderProblem.Missing => "does not exist, and where it would be created is unknown",
        FolderProblem.NotPermitted => "cannot be checked: this process may not enter a folder on the way to it",
        FolderProblem.LinkLoop => "cannot be checked: its symbolic links lead in a circle",
        FolderProblem.NotAFolder => "is not a folder",
        _ => "cannot be checked: the system does not report where it is stored",
    };

    private static string Meaning(WatchedFolder folder) => folder.IsMemory switch
    {
        true when folder.UsedBytes is { } used => $"each file there counts as memory (all files on it take {MemoryText.Megabytes(used)} now)",
        true => "each file there counts as memory",
        false => "files there do not count as memory",
        _ => "whether files there count as memory cannot be seen from inside",
    };
}
