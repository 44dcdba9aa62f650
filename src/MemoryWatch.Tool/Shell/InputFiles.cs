using MemoryWatch.Files;

namespace MemoryWatch.Tool;

/// <summary>Opens files that a user named: for reading, without disturbing whoever writes them, and with a reason if they cannot be read.</summary>
internal static class InputFiles
{
    /// <summary>How <see cref="FileKind.Obstacle"/> calls a pipe.</summary>
    private const string Fifo = "a FIFO";

    /// <summary>Opens a regular file, or a link to one.</summary>
    /// <exception cref="UnreadableException">It cannot be read.</exception>
    public static FileStream Open(string path) => Open(path, pipes: false);

    /// <summary>Opens a regular file or a pipe.</summary>
    /// <exception cref="UnreadableException">It cannot be read.</exception>
    public static FileStream OpenSequential(string path) => Open(path, pipes: true);

    private static FileStream Open(string path, bool pipes)
    {
        try
        {
            var files = DiskFiles.Instance;
            if (files.Obstacle(path) is { } kind && !(pipes && kind == Fifo))
            {
                throw new UnreadableException($"'{path}' is {kind}");
            }

            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableException($"'{path}' does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnreadableException($"'{path}' cannot be read: no permission");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableException($"'{path}' cannot be read: {e.Message}");
        }
    }
}
