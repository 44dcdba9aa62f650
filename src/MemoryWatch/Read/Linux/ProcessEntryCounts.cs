using System.Text;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>
/// Reads the numbers of threads and open files of the process: from the kernel's own count if it keeps one, otherwise by counting the entries of
/// the folder. The kernel's count of open files includes files that a thread is still waiting to open; a thread of the runtime's debugger always
/// waits for one. Counting the entries does not include them.
/// </summary>
internal sealed class ProcessEntryCounts(LinuxSource source)
{
    private readonly byte[] _threads = PathOf(source, "task");
    private readonly byte[] _openFiles = PathOf(source, "fd");

    // Detecting that the library lacks the call costs an exception, so the result is remembered.
    private bool _countsEntries = source.CountsEntries;

    public long? ReadThreads()
    {
        // Each thread is a folder that links back to its parent; the parent itself has two further links.
        var status = ReadStatus(_threads);
        return status.Links > 2 ? status.Links - 2 : Count(_threads);
    }

    public long? ReadOpenFiles()
    {
        // Since Linux 6.2 the size of this folder is the count; before, it is 0.
        var status = ReadStatus(_openFiles);
        if (status.Size is > 0 and <= int.MaxValue)
        {
            return (long)status.Size;
        }

        // The count includes the handle that counting itself opens.
        var count = Count(_openFiles);
        return source.IsOwnProcess ? count - 1 : count;
    }

    private Libc.FileStatus ReadStatus(byte[] path)
    {
        if (_countsEntries)
        {
            return default;
        }

        try
        {
            return source.Files.TryGetStatus(path, out var status) ? status : default;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library from before 2018 has no statx, but it can count entries.
            _countsEntries = true;
            return default;
        }
    }

    private long? Count(byte[] path)
    {
        try
        {
            return source.Files.CountEntries(path);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // There is no C library under the usual name, so the count is unknown.
            return null;
        }
    }

    private static byte[] PathOf(LinuxSource source, string name) =>
        Encoding.UTF8.GetBytes(source.Resolve($"{source.ProcessFolder}/{name}\0"));
}
