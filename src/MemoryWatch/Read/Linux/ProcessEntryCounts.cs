using System.Text;

namespace MemoryWatch.Read;

/// <summary>
/// Threads and open files of the process: from the one number that the kernel keeps of each, where it does, else by
/// counting the entries of the folder. Of open files the kernel's number also has those that a thread waits in the
/// middle of opening, as one of the runtime's debugger always does; counting does not see them.
/// </summary>
internal sealed class ProcessEntryCounts(LinuxSource source)
{
    private readonly byte[] _threads = PathOf(source, "task");
    private readonly byte[] _openFiles = PathOf(source, "fd");

    // Finding out that a library has no such call takes an exception; once is enough.
    private bool _countsEntries = source.CountsEntries;

    public long? ReadThreads()
    {
        // Each thread is a folder that links back to its parent; two links are the parent's own.
        var status = ReadStatus(_threads);
        return status.Links > 2 ? status.Links - 2 : Count(_threads);
    }

    public long? ReadOpenFiles()
    {
        // The size of this folder is the count since Linux 6.2, and 0 before.
        var status = ReadStatus(_openFiles);
        if (status.Size is > 0 and <= int.MaxValue)
        {
            return (long)status.Size;
        }

        // The handle that counting opens is counted with the others.
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
            return Libc.TryGetStatus(path, out var status) ? status : default;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library from before 2018 has no statx, but it can count.
            _countsEntries = true;
            return default;
        }
    }

    private static long? Count(byte[] path)
    {
        try
        {
            return Libc.CountEntries(path);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // No C library under the usual name: there is nobody left to ask.
            return null;
        }
    }

    private static byte[] PathOf(LinuxSource source, string name) =>
        Encoding.UTF8.GetBytes(source.Resolve($"{source.ProcessFolder}/{name}\0"));
}
