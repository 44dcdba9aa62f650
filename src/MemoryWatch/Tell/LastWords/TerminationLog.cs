using System.Text;
using System.Text.Unicode;
using MemoryWatch.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Tell;

/// <summary>
/// The file that Kubernetes and others show when a container has died. It belongs to them: MemoryWatch never creates it, and never writes to it
/// if the application has written to it.
/// </summary>
/// <param name="path">Path of the file; <see langword="null"/> for none.</param>
/// <param name="files">Performs the operations on it.</param>
internal sealed class TerminationLog(string? path, IFiles files)
{
    /// <summary>Maximum number of bytes that Kubernetes shows.</summary>
    public const int Most = 4096;

    private bool _isGivenUp = path is null;

    /// <summary>Whether the file may contain this library's text.</summary>
    public bool IsWritten { get; private set; }

    public void Write(string words)
    {
        if (_isGivenUp)
        {
            return;
        }

        var bytes = new byte[Math.Min(Most, Encoding.UTF8.GetMaxByteCount(words.Length))];
        Try(file =>
        {
            if (!IsWritten && files.GetLength(file) > 0)
            {
                _isGivenUp = true;
                return;
            }

            IsWritten = true;
            Utf8.FromUtf16(words, bytes, out _, out var length);
            files.Write(file, bytes.AsSpan(0, length), 0);
            files.SetLength(file, length);
        });
    }

    /// <summary>Removes the text: the limit is no longer near, so it would not explain a later end of the process.</summary>
    public void Withdraw() => Try(file =>
    {
        files.SetLength(file, 0);
        IsWritten = false;
    });

    private void Try(Action<SafeFileHandle> act)
    {
        try
        {
            // Opening a FIFO would block the watch, and a device has no length to set.
            if (path is not null && files.IsRegular(path))
            {
                using var file = files.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                act(file);
            }
        }
        catch (Exception)
        {
            // Not permitted, or failed once: the caller tries again. The text is in the log as well, so another line there would not help.
        }
    }
}
