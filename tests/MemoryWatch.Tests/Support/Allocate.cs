using System.Runtime.CompilerServices;

namespace MemoryWatch.Tests.Support;

/// <summary>Allocates amounts that are known to the byte.</summary>
internal static class Allocate
{
    // Small enough for the small-object heap; an array takes 16 bytes beyond its content, and its length.
    private const int Piece = 8 * 1024;
    private const int Overhead = 24;

    /// <summary>Allocates this much garbage, in pieces.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Bytes(long bytes)
    {
        for (; bytes > 0; bytes -= Piece)
        {
            GC.KeepAlive(new byte[Piece - Overhead]);
        }
    }

    public static void Megabytes(int megabytes) => Bytes((long)megabytes << 20);
}
