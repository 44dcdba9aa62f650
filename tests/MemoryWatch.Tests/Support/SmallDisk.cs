using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MemoryWatch.Tests.Support;

/// <summary>A file system of its own in memory, that can be full or read-only even for root; gone when disposed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memorywatch-disk-");

    private SmallDisk()
    {
    }

    public string Path => _folder.FullName;

    /// <summary>A new one; absent where this machine does not let the test make one.</summary>
    public static SmallDisk? TryCreate(long bytes)
    {
        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes}"), "tmpfs", disk.Path))
        {
            return disk;
        }

        // Not root, or no mounts in this container: the caller says that it could not check.
        disk._folder.Delete();
        return null;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path).Should().BeTrue();

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = System.IO.File.OpenHandle(File("filler"), FileMode.Create, FileAccess.Write);
        var page = new byte[4096];
        try
        {
            for (var offset = 0L; ; offset += page.Length)
            {
                RandomAccess.Write(file, page, offset);
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Delete();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
