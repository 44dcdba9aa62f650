using System.Text;
using MemoryWatch.Tell;

namespace MemoryWatch.AspNetCore.Page.Access;

/// <summary>
/// The random key in a file beside the black box, so that it is the same after a restart, when the page is needed most. Only the user of the
/// process may read the file.
/// </summary>
internal static class KeyFile
{
    private const int ShortestKey = 16;
    private const int LongestKey = 128;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // A disk may hang, and what has the file's name may be a pipe. In real time, whatever clock the application has: the disk knows no other.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The file for a black box: for <c>data/memory.blackbox</c> it is <c>data/memory.blackbox.key</c>.</summary>
    public static string PathFor(string blackBox) => blackBox + ".key";

    /// <summary>Returns the kept key, or a new one. It never throws and waits a few seconds at most.</summary>
    /// <param name="blackBox">Path of the black box; empty for none.</param>
    public static async Task<AccessKey> ReadOrCreateAsync(string? blackBox)
    {
        if (string.IsNullOrEmpty(blackBox))
        {
            return new(AccessKey.Random(), isConfigured: false) { Problem = PageLog.NoBlackBox };
        }

        try
        {
            return await Task.Run(() => ReadOrCreate(PathFor(blackBox))).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new(AccessKey.Random(), isConfigured: false) { Problem = PageLog.NotInTime };
        }
        catch (Exception exception)
        {
            // Whatever is wrong with the file or its folder, the page must be there.
            return new(AccessKey.Random(), isConfigured: false) { Problem = exception.Message };
        }
    }

    private static AccessKey ReadOrCreate(string path)
    {
        if (Read(path) is { } kept)
        {
            Protect(path);
            return new(kept, isConfigured: false);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var unfinished = $"{path}.{Environment.ProcessId}.new";
        try
        {
            Write(unfinished, AccessKey.Random());
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        // If two processes start at once, the file of the last one counts for both.
        return new(Read(path) ?? throw new IOException($"{path} does not keep what is written to it."), isConfigured: false);
    }

    /// <returns>The key; <see langword="null"/> if there is no file or it contains something else.</returns>
    private static string? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[LongestKey + 2];
        using var file = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var text = Encoding.Latin1.GetString(buffer[..length]).TrimEnd('\r', '\n');
        return text.Length is >= ShortestKey and <= LongestKey && text.All(char.IsAsciiLetterOrDigit) ? text : null;
    }

    private static void Write(string path, string key)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(key + "\n"));
    }

    private static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
