using MemoryWatch.BlackBox.Format;
using MemoryWatch.Files;

namespace MemoryWatch.Tool.Inspect;

/// <summary>Reads the first page of a black box: which run writes it.</summary>
internal static class BoxHeaders
{
    /// <returns>The run; null if the file is no black box that this version reads, or cannot be opened.</returns>
    public static RunIdentity? TryRead(string path)
    {
        try
        {
            using var file = DiskFiles.Instance.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var page = new byte[BoxFormat.HeaderSize];
            return BoxHeader.Read(page.AsSpan(0, RandomAccess.Read(file, page, 0)), out _)?.Identity;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A neighbor that cannot be read helps nobody, and nobody asked for it.
            return null;
        }
    }
}
