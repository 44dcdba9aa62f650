using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>Reads what is in a process's memory by name, and its proportional share. Both walk all its pages, so they are read seldom.</summary>
internal sealed class MappingReader(LinuxSource source)
{
    private const int PieceSize = 64 * 1024;
    private const long MostBytes = 64 << 20;

    /// <summary>Resident memory by name of the mapping; <see langword="null"/> if it cannot be read.</summary>
    public IReadOnlyDictionary<string, long>? ReadSizes()
    {
        var sizes = new MappingSizes();
        return TryRead("smaps", sizes.Add) && sizes.Bytes.Count > 0 ? sizes.Bytes : null;
    }

    /// <summary>Resident memory in which a page that several processes share counts in parts; <see langword="null"/> if it cannot be read.</summary>
    public long? ReadProportional()
    {
        long? bytes = null;
        return TryRead("smaps_rollup", piece => bytes ??= KernelText.Kilobytes(piece, "Pss"u8)) ? bytes : null;
    }

    private bool TryRead(string name, Piece take)
    {
        try
        {
            using var file = source.Files.Open(
                source.Resolve($"{source.ProcessFolder}/{name}"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[PieceSize];
            for (var offset = 0L; offset < MostBytes;)
            {
                var length = source.Files.Read(file, buffer, offset);
                if (length <= 0)
                {
                    return offset > 0;
                }

                take(buffer.AsSpan(0, length));
                offset += length;
            }

            return true;
        }
        catch (Exception)
        {
            // Not permitted, not there on this kernel, or the process has ended.
            return false;
        }
    }

    private delegate void Piece(ReadOnlySpan<byte> text);
}
