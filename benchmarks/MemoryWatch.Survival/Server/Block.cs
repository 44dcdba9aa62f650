using System.Runtime.InteropServices;
using MemoryWatch.Survival.Overloads;

namespace MemoryWatch.Survival.Server;

/// <summary>Memory that is written to and held until it is disposed.</summary>
internal sealed class Block : IDisposable
{
    private readonly List<byte[]> _managed = [];
    private readonly List<nint> _native = [];

    private Block()
    {
    }

    /// <summary>Takes memory.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="piece">The size of a piece. Pieces of 128 KB and more are mapped by the C library one by one, smaller ones share its heap.</param>
    public static Block Take(Amount amount, int piece)
    {
        var block = new Block();
        try
        {
            for (var left = amount.Managed; left > 0; left -= piece)
            {
                var bytes = new byte[Math.Min(left, piece)];
                Array.Fill(bytes, (byte)1);
                block._managed.Add(bytes);
            }

            for (var left = amount.Native; left > 0; left -= piece)
            {
                block._native.Add(TakeNative(Math.Min(left, piece)));
            }

            return block;
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }

    public unsafe void Dispose()
    {
        foreach (var piece in _native)
        {
            NativeMemory.Free((void*)piece);
        }

        _native.Clear();
        _managed.Clear();
    }

    private static unsafe nint TakeNative(int bytes)
    {
        var piece = NativeMemory.Alloc((nuint)bytes);
        new Span<byte>(piece, bytes).Fill(1);
        return (nint)piece;
    }
}
