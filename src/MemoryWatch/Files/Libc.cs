using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryWatch.Files;

/// <summary>The C library calls that .NET does not offer without allocating.</summary>
internal static unsafe partial class Libc
{
    private const int RelativeToCurrentFolder = -100; // AT_FDCWD
    private const int NotFollowed = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeOfFile = 0x1; // STATX_TYPE
    private const uint LinkCount = 0x4; // STATX_NLINK
    private const uint Size = 0x200; // STATX_SIZE
    private const uint InodeNumber = 0x100; // STATX_INO
    private const int WholeProcess = 0; // RUSAGE_SELF
    private const int CallingThread = 1; // RUSAGE_THREAD
    private const int ProcessClock = 2; // CLOCK_PROCESS_CPUTIME_ID
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID
    private const int BootClock = 7; // CLOCK_BOOTTIME
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC
    private const int ReadAllLog = 3; // SYSLOG_ACTION_READ_ALL
    private const int SizeOfLog = 10; // SYSLOG_ACTION_SIZE_BUFFER
    private const int NoEntry = 2; // ENOENT
    private const int NoFolder = 20; // ENOTDIR

    /// <summary>Minimum length of the buffer for <see cref="ResolvePath"/> (<c>PATH_MAX</c>).</summary>
    public const int LongestPath = 4096;

    /// <summary>Nothing is at the path (<c>ENOENT</c>).</summary>
    public const int Missing = NoEntry;

    /// <summary>A part of the path is not a folder (<c>ENOTDIR</c>).</summary>
    public const int NotAFolder = NoFolder;

    /// <summary>A folder on the way may not be entered (<c>EACCES</c>).</summary>
    public const int NotPermitted = 13;

    /// <summary>The symbolic links lead in a circle (<c>ELOOP</c>).</summary>
    public const int LinkLoop = 40;

    /// <summary>Resolves all symbolic links of a path, those of the folders above it too.</summary>
    /// <param name="path">UTF-8 with a zero at its end.</param>
    /// <param name="resolved">Receives the path, with a zero at its end; at least <see cref="LongestPath"/> bytes.</param>
    /// <returns>0, or the system's error number.</returns>
    public static int ResolvePath(byte[] path, Span<byte> resolved)
    {
        fixed (byte* pathPointer = path)
        fixed (byte* resolvedPointer = resolved)
        {
            return RealPath(pathPointer, resolvedPointer) != null ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Gets the link count, size and identity of a file.</summary>
    /// <param name="path">UTF-8 with a zero at its end.</param>
    /// <param name="status">The kernel's answer.</param>
    /// <returns>Whether the file exists and the kernel returned all of these values.</returns>
    /// <exception cref="EntryPointNotFoundException">The C library is too old for this call.</exception>
    public static bool TryGetStatus(byte[] path, out FileStatus status)
    {
        fixed (byte* pathPointer = path)
        fixed (FileStatus* statusPointer = &status)
        {
            const uint Wanted = LinkCount | Size | InodeNumber;
            return Statx(RelativeToCurrentFolder, pathPointer, 0, Wanted, statusPointer) == 0
                && (statusPointer->Mask & Wanted) == Wanted;
        }
    }

    /// <summary>Gets the type bits of a file's mode.</summary>
    /// <param name="path">UTF-8 with a zero at its end.</param>
    /// <param name="followLinks">Whether to look at what a symbolic link leads to.</param>
    /// <returns>The bits; 0 if there is nothing at the path; <see langword="null"/> if the kernel does not answer.</returns>
    /// <exception cref="EntryPointNotFoundException">The C library is too old for this call.</exception>
    public static int? GetType(byte[] path, bool followLinks)
    {
        FileStatus status;
        fixed (byte* pathPointer = path)
        {
            var isAnswered = StatxWithError(
                RelativeToCurrentFolder, pathPointer, followLinks ? 0 : NotFollowed, TypeOfFile, &status) == 0;
            return isAnswered ? (status.Mask & TypeOfFile) == 0 ? null : status.Mode & 0xF000
                : Marshal.GetLastPInvokeError() is NoEntry or NoFolder ? 0
                : null;
        }
    }

    /// <summary>Size of the kernel's log buffer in bytes; negative if the kernel does not report it.</summary>
    public static int GetLogSize() => ControlLog(SizeOfLog, null, 0);

    /// <summary>Reads the end of the kernel's log without consuming it; returns its length, negative if that is not permitted.</summary>
    public static int ReadLog(Span<byte> buffer)
    {
        fixed (byte* bufferPointer = buffer)
        {
            return ControlLog(ReadAllLog, bufferPointer, buffer.Length);
        }
    }

    /// <summary>Counts the entries of a folder, without <c>.</c> and <c>..</c>; <see langword="null"/> if it cannot be opened.</summary>
    /// <param name="path">UTF-8 with a zero at its end.</param>
    public static long? CountEntries(byte[] path)
    {
        nint folder;
        fixed (byte* pathPointer = path)
        {
            folder = OpenFolder(pathPointer);
        }

        if (folder == 0)
        {
            return null;
        }

        var count = 0L;
        while (ReadFolder(folder) != 0)
        {
            count++;
        }

        _ = CloseFolder(folder);
        return Math.Max(0, count - 2);
    }

    /// <summary>Opens a file, reads it once and closes it: for a file whose kept handle returns what it returned before.</summary>
    /// <param name="path">UTF-8 with a zero at its end.</param>
    /// <param name="buffer">Where to put the text.</param>
    /// <returns>The text, as far as the buffer holds it; empty if it cannot be read.</returns>
    public static ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer)
    {
        fixed (byte* pathPointer = path)
        fixed (byte* bufferPointer = buffer)
        {
            var file = OpenFile(pathPointer, ReadOnlyCloseOnExec);
            if (file < 0)
            {
                return default;
            }

            var length = ReadFile(file, bufferPointer, buffer.Length);
            _ = CloseFile(file);
            return length <= 0 ? default : buffer[..(int)length];
        }
    }

    /// <summary>
    /// Counts how often this thread has gone to sleep voluntarily, as it does to wait for a disk. Preemption by the kernel does not count.
    /// <see langword="null"/> if the system does not report it.
    /// </summary>
    public static long? CountWaits()
    {
        ResourceUsage usage;
        return ReadUsage(CallingThread, &usage) == 0 ? usage.VoluntarySwitches : null;
    }

    /// <summary>
    /// How many pages the process got by page faults that needed no reading from a disk, threads that have ended included; <see langword="null"/>
    /// if the system does not report it.
    /// </summary>
    public static long? CountProcessFaults() => CountFaults(WholeProcess);

    /// <summary>The same for this thread.</summary>
    public static long? CountThreadFaults() => CountFaults(CallingThread);

    /// <summary>The kernel's id of this thread; 0 if the C library does not return it.</summary>
    public static int GetThreadId()
    {
        try
        {
            return OperatingSystem.IsLinux() ? ReadThreadId() : 0;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // A glibc from before 2019 has no such call.
            return 0;
        }
    }

    /// <summary>
    /// Processor time of the process in nanoseconds, threads that have ended included; <see langword="null"/> if the system does not report it.
    /// </summary>
    public static long? ReadProcessTime() => ReadTime(ProcessClock);

    /// <summary>Processor time of this thread in nanoseconds; <see langword="null"/> if the system does not report it.</summary>
    public static long? ReadThreadTime() => ReadTime(ThreadClock);

    /// <summary>Time since the machine's start in nanoseconds, with the time that it was suspended; <see langword="null"/> if unknown.</summary>
    public static long? ReadBootTime() => ReadTime(BootClock);

    private static long? CountFaults(int who)
    {
        try
        {
            ResourceUsage usage;
            return OperatingSystem.IsLinux() && ReadUsage(who, &usage) == 0 ? usage.MinorFaults : null;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // There is no C library under the usual name.
            return null;
        }
    }

    private static long? ReadTime(int clock)
    {
        try
        {
            TimeValue value;
            return OperatingSystem.IsLinux() && ReadClock(clock, &value) == 0 ? (value.Seconds * 1_000_000_000L) + value.Nanoseconds : null;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // There is no C library under the usual name.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int ReadThreadId();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, TimeValue* value);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int ReadUsage(int who, ResourceUsage* usage);

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(int folder, byte* path, int flags, uint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int OpenFile(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadFile(int file, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatxWithError(int folder, byte* path, int flags, uint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "klogctl")]
    private static partial int ControlLog(int action, byte* buffer, int length);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true)]
    private static partial byte* RealPath(byte* path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "opendir")]
    private static partial nint OpenFolder(byte* path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);

    /// <summary>The kernel's <c>struct statx</c>, the same on every architecture; only the fields that are used are declared.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct FileStatus
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }

    /// <summary>The kernel's <c>struct timespec</c>.</summary>
    private struct TimeValue
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>The kernel's <c>struct rusage</c>: eighteen words, of which only the second to last is used.</summary>
    [InlineArray(18)]
    private struct ResourceUsage
    {
        private nint _first;

        public readonly long MinorFaults => this[8];

        public readonly long VoluntarySwitches => this[16];
    }
}
