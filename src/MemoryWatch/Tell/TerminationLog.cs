using System.Text;
using System.Text.Unicode;

namespace MemoryWatch.Tell;

/// <summary>
/// The file that Kubernetes and others show when a container has died. It is theirs: never created, and never written to where the
/// application has left words of its own.
/// </summary>
internal sealed class TerminationLog(string? path)
{
    /// <summary>What Kubernetes shows of it.</summary>
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

    /// <summary>Takes the words back: the limit is no longer near, and whatever ends the process later, it was not this.</summary>
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
            // A length to be set and a place to write at: what has neither, such as a pipe, is no file of that kind.
            if (File.Exists(path))
            {
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                act(file);
            }
        }
        catch (Exception)
        {
            // Not permitted, or not such a file: the words are in the log as well, and nobody is better off for another line there.
            _isGivenUp = true;
        }
    }
}
