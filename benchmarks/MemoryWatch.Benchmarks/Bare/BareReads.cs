using System.Runtime.InteropServices;
using MemoryWatch.Benchmarks.Processes;

namespace MemoryWatch.Benchmarks.Bare;

/// <summary>The bare reads and writes in C, compiled on first use by the machine's compiler.</summary>
internal static unsafe class BareReads
{
    private static readonly Lazy<nint> Library = new(Compile);

    /// <summary>Whether the machine has a compiler and its result could be loaded.</summary>
    public static bool IsAvailable => Library.Value != 0;

    public static void Quick(int file, long loops) =>
        ((delegate* unmanaged<int, long, void>)Function("bare_quick_read"))(file, loops);

    public static void Read(ReadOnlySpan<int> files, ReadOnlySpan<long> offsets, long loops)
    {
        fixed (int* filePointer = files)
        fixed (long* offsetPointer = offsets)
        {
            ((delegate* unmanaged<int*, long*, int, long, void>)Function("bare_reads"))(
                filePointer, offsetPointer, files.Length, loops);
        }
    }

    /// <param name="paths">Pointers to zero-terminated paths.</param>
    /// <param name="loops">Number of repetitions.</param>
    public static void Status(ReadOnlySpan<nint> paths, long loops) => OfPaths("bare_status", paths, loops);

    /// <inheritdoc cref="Status"/>
    public static void Open(ReadOnlySpan<nint> paths, long loops) => OfPaths("bare_opens", paths, loops);

    /// <param name="file">A file with enough space.</param>
    /// <param name="size">Bytes per write.</param>
    /// <param name="places">Number of such writes that the file has space for.</param>
    /// <param name="loops">Number of repetitions.</param>
    public static void Write(int file, int size, int places, long loops) =>
        ((delegate* unmanaged<int, int, int, long, void>)Function("bare_writes"))(file, size, places, loops);

    private static void OfPaths(string function, ReadOnlySpan<nint> paths, long loops)
    {
        fixed (nint* pathPointer = paths)
        {
            ((delegate* unmanaged<nint*, int, long, void>)Function(function))(pathPointer, paths.Length, loops);
        }
    }

    private static nint Function(string name) => NativeLibrary.GetExport(Library.Value, name);

    private static nint Compile()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Bare", "bare_reads.c");
        var folder = Directory.CreateTempSubdirectory("memorywatch-benchmarks-");
        try
        {
            var library = Path.Combine(folder.FullName, "bare_reads.so");
            return Tool.TryRun("cc", ["-O2", "-shared", "-fPIC", "-o", library, source], out _) ? NativeLibrary.Load(library) : 0;
        }
        finally
        {
            // The file is not needed once the library is loaded.
            folder.Delete(recursive: true);
        }
    }
}
