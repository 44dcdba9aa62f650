using MemoryWatch.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>The black box file of a run that has ended.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Recording">Content of the file; <see langword="null"/> if it cannot be read.</param>
/// <param name="Problem">Why the file cannot be read; empty if it can.</param>
internal sealed record LeftBox(string Path, RunRecording? Recording, string Problem)
{
    /// <summary>When the run started; the earliest possible time if the file cannot be read.</summary>
    public DateTimeOffset Started => Recording?.Identity.Started ?? DateTimeOffset.MinValue;

    /// <param name="files">Opens and reads it.</param>
    /// <param name="path">Path of a file; anything else that may be there is not opened.</param>
    /// <returns>The file; <see langword="null"/> if its run is still active or the file cannot be opened.</returns>
    public static LeftBox? TryRead(IFiles files, string path)
    {
        using var handle = TryOpen(files, path, out var length);
        if (handle is null)
        {
            return null;
        }

        try
        {
            var recording = RecordingReader.Read(
                (buffer, offset) => files.Read(handle, buffer, offset), length, out var problem);
            return new(path, recording, problem);
        }
        catch (Exception error)
        {
            // The file is put aside like any unreadable file; if it stayed in place, every start would fail to read it again.
            return new(path, null, SafeText.Error(error));
        }
    }

    private static SafeFileHandle? TryOpen(IFiles files, string path, out long length)
    {
        SafeFileHandle? handle = null;
        length = 0;
        try
        {
            if (!files.IsRegular(path))
            {
                return null;
            }

            // Opened exclusively, which fails while a process still writes to the file.
            handle = files.Open(path, FileMode.Open, FileAccess.Read, FileShare.None);
            length = files.GetLength(handle);
            return handle;
        }
        catch (Exception)
        {
            // The run is active, the path is not a file, or access is denied. If the path is in use, the new file gets another path.
            handle?.Dispose();
            length = 0;
            return null;
        }
    }
}
