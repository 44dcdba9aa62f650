using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>Files as they are on the disk, whether somebody writes to them or not.</summary>
internal static class LiveBox
{
    public static RunRecording Read(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return RecordingReader.Read((buffer, offset) => RandomAccess.Read(file, buffer, offset), RandomAccess.GetLength(file), out var problem)
            ?? throw new InvalidOperationException(problem);
    }

    /// <summary>What the next start would find if the process were killed now: the file as it is, in another folder.</summary>
    public static void CopyAsAfterAKill(string path, string to)
    {
        using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var copy = new FileStream(to, FileMode.CreateNew);
        from.CopyTo(copy);
    }
}
