using System.Runtime.InteropServices;

namespace MemoryWatch.Files;

/// <summary>Has the C library return free native memory to the system (<c>malloc_trim</c>). glibc can, musl cannot.</summary>
internal static unsafe class HeapTrim
{
    private static readonly nint Call = Find();

    /// <summary>Whether the C library has the call.</summary>
    public static bool IsAvailable => Call != 0;

    /// <summary>Trims all arenas. Threads that allocate in an arena wait while it is trimmed: not for a tick.</summary>
    public static void Run()
    {
        if (Call != 0)
        {
            _ = ((delegate* unmanaged<nuint, int>)Call)(0);
        }
    }

    private static nint Find()
    {
        try
        {
            var library = OperatingSystem.IsLinux() ? NativeLibrary.GetMainProgramHandle() : 0;
            return library != 0 && NativeLibrary.TryGetExport(library, "malloc_trim", out var call) ? call : 0;
        }
        catch (Exception)
        {
            // A program without a dynamic C library.
            return 0;
        }
    }
}
