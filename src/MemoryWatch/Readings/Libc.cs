using System.Runtime.InteropServices;

namespace MemoryWatch.Readings;

/// <summary>The few calls of the C library that the framework does not offer without allocating.</summary>
internal static unsafe partial class Libc
{
    private const int RelativeToCurrentFolder = -100; // AT_FDCWD
    private const uint LinkCount = 0x4; // STATX_NLINK
    private const uint Size = 0x200; // STATX_SIZE

    /// <summary>Link count and size of a file.</summary>
    /// <param name="path">UTF-8 with a zero at its end.</param>
    /// <param name="status">What the kernel says.</param>
    /// <returns>Whether the file is there and the kernel said both.</returns>
    /// <exception cref="EntryPointNotFoundException">The C library is older than this call.</exception>
    public static bool TryGetStatus(byte[] path, out FileStatus status)
    {
        fixed (byte* pathPointer = path)
        fixed (FileStatus* statusPointer = &status)
        {
            return Statx(RelativeToCurrentFolder, pathPointer, 0, LinkCount | Size, statusPointer) == 0
                && (statusPointer->Mask & (LinkCount | Size)) == (LinkCount | Size);
        }
    }

    /// <summary>Entries of a folder, <c>.</c> and <c>..</c> not counted; absent where it cannot be opened.</summary>
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

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(int folder, byte* path, int flags, uint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "opendir")]
    private static partial nint OpenFolder(byte* path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);

    /// <summary>The kernel's <c>struct statx</c>, the same on every architecture; only what is used has a name.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct FileStatus
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(40)]
        public ulong Size;
    }
}
