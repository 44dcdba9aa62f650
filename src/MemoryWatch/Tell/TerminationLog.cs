using System.Text;
using System.Text.Unicode;

namespace MemoryWatch.Tell;

/// <summary>
/// The file that Kubernetes and others show when a container has died. It belongs to them: MemoryWatch never creates it, and never writes to it
/// if the application has written to it.
/// </summary>
/// <param name="path">Path of the file; <see langword="null"/> for none.</param>
/// <param name="isRegularFile">Whether a regular file is at a path. Nothing else is opened.</param>
internal sealed class TerminationLog(string? path, Func<string, bool> isRegularFile)
{
    /// <summary>Maximum number of bytes that Kubernetes shows.</summary>
    public const int Most = 4096;

    private bool _hasWritten;
    private bool _isGivenUp = path is null;

    public void Write(string words)
    {
        if (_isGivenUp)
        {
            return;
        }

        var bytes = new byte[Math.Min(Most, Encoding.UTF8.GetMaxByteCount(words.Length))];
        Try(file =>
        {
            if (!_hasWritten && RandomAccess.GetLength(file) > 0)
            {
                _isGivenUp = true;
                return;
            }

            _hasWritten = true;
            Utf8.FromUtf16(words, bytes, out _, out var length);
            RandomAccess.Write(file, bytes.AsSpan(0, length), 0);
            RandomAccess.SetLength(file, length);
        });
    }

    /// <summary>Removes the text: the limit is no longer near, so it would not explain a later end of the process.</summary>
    public void Withdraw()
    {
        if (_hasWritten)
        {
            Try(static file => RandomAccess.SetLength(file, 0));
        }
    }

    private void Try(Action<Microsoft.Win32.SafeHandles.SafeFileHandle> act)
    {
        try
        {
            // Opening a FIFO would block the watch, and a device has no length to set.
            if (path is not null && isRegularFile(path))
            {
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                act(file);
            }
        }
        catch (Exception)
        {
            // Not permitted, or not a regular file. The text is in the log as well, so another line there would not help.
            _isGivenUp = true;
        }
    }
}
