using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryWatch.Files;

/// <summary>
/// The text that the C library writes about the native heap (<c>malloc_info</c>). glibc has it, musl has not. It is passed on in pieces while the C
/// library writes it, because with many arenas it is long, and a copy of it would itself be native memory.
/// </summary>
internal static unsafe class HeapInfo
{
    private static readonly Lazy<Calls?> Found = new(Find);

    /// <summary>Receives a piece of the text. It must not throw.</summary>
    public delegate void PieceReader(ReadOnlySpan<byte> piece);

    /// <summary>
    /// Has the C library write the text. It locks and walks one arena after another, which takes milliseconds with many threads: not for a tick.
    /// </summary>
    /// <returns>Whether it wrote all of it; <see langword="false"/> if the C library has no such call.</returns>
    public static bool TryRead(PieceReader reader)
    {
        if (Found.Value is not { } calls)
        {
            return false;
        }

        var handle = GCHandle.Alloc(reader);
        try
        {
            var mode = stackalloc byte[] { (byte)'w', 0 };
            var file = calls.OpenCookie((void*)GCHandle.ToIntPtr(handle), mode, new(&Write));
            if (file == null)
            {
                return false;
            }

            // Closing the file writes what is left in its buffer.
            var isWritten = calls.MallocInfo(0, file) == 0;
            return calls.CloseFile(file) == 0 && isWritten;
        }
        finally
        {
            handle.Free();
        }
    }

    private static Calls? Find()
    {
        try
        {
            var library = OperatingSystem.IsLinux() ? NativeLibrary.GetMainProgramHandle() : 0;
            return library != 0
                && NativeLibrary.TryGetExport(library, "malloc_info", out var mallocInfo)
                && NativeLibrary.TryGetExport(library, "fopencookie", out var openCookie)
                && NativeLibrary.TryGetExport(library, "fclose", out var closeFile)
                    ? new(
                        (delegate* unmanaged<int, void*, int>)mallocInfo,
                        (delegate* unmanaged<void*, byte*, CookieFunctions, void*>)openCookie,
                        (delegate* unmanaged<void*, int>)closeFile)
                    : null;
        }
        catch (Exception)
        {
            // A program without a dynamic C library. Then there are no such numbers.
            return null;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Write(void* cookie, byte* piece, nint length)
    {
        ((PieceReader)GCHandle.FromIntPtr((nint)cookie).Target!)(new(piece, (int)length));
        return length;
    }

    private sealed class Calls(
        delegate* unmanaged<int, void*, int> mallocInfo,
        delegate* unmanaged<void*, byte*, CookieFunctions, void*> openCookie,
        delegate* unmanaged<void*, int> closeFile)
    {
        public int MallocInfo(int options, void* file) => mallocInfo(options, file);

        public void* OpenCookie(void* cookie, byte* mode, CookieFunctions functions) => openCookie(cookie, mode, functions);

        public int CloseFile(void* file) => closeFile(file);
    }

    /// <summary>The C library's <c>cookie_io_functions_t</c>: four functions, of which only the second is used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct CookieFunctions(delegate* unmanaged[Cdecl]<void*, byte*, nint, nint> write)
    {
        private readonly void* _read = null;
        private readonly delegate* unmanaged[Cdecl]<void*, byte*, nint, nint> _write = write;
        private readonly void* _seek = null;
        private readonly void* _close = null;
    }
}
