using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>A file that a run left which has ended.</summary>
/// <param name="Path">The file.</param>
/// <param name="Recording">What it says; absent where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record LeftBox(string Path, RunRecording? Recording, string Problem)
{
    /// <summary>When the run began; of a file that cannot be read, nothing is older.</summary>
    public DateTimeOffset Started => Recording?.Identity.Started ?? DateTimeOffset.MinValue;

    /// <returns>The file; absent where its run goes on, or it cannot be opened.</returns>
    public static LeftBox? TryRead(string path)
    {
        using var handle = TryOpen(path, out var length);
        if (handle is null)
        {
            return null;
        }

        try
        {
            var recording = RecordingReader.Read(
                (buffer, offset) => RandomAccess.Read(handle, buffer, offset), length, out var problem);
            return new(path, recording, problem);
        }
        catch (Exception error)
        {
            // It is put aside, as any that cannot be read: left in its place it would be met at every start.
            return new(path, null, SafeText.Error(error));
        }
    }

    private static SafeFileHandle? TryOpen(string path, out long length)
    {
        SafeFileHandle? handle = null;
        try
        {
            // For us alone, which a process that still writes makes impossible.
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.None);
            length = RandomAccess.GetLength(handle);
            return handle;
        }
        catch (Exception)
        {
            // It runs, or is no file, or was not meant for us; what it is in the way of finds another path.
            handle?.Dispose();
            length = 0;
            return null;
        }
    }
}
