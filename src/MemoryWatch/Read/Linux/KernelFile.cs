using MemoryWatch.Guard;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Read;

/// <summary>
/// A small file of <c>/proc</c> or a control group whose handle is kept open: each reading is one positional read. Where
/// it is missing or fails, it is tried again after 1, 2, 4 … 64 readings, for failing costs far more than reading.
/// </summary>
/// <remarks>For one caller at a time, but for <see cref="ReadKept"/>, which is for any thread.</remarks>
internal sealed class KernelFile(string path) : IDisposable
{
    private const int LongestPause = 64;

    private volatile SafeFileHandle? _handle;
    private Backoff _failures;
    private long _readingsToSkip;
    private bool _disposed;

    /// <summary>Opens the file now rather than at the first <see cref="Read"/>, for what is read as it is kept.</summary>
    public void Open()
    {
        try
        {
            // Asking first spares an exception for each of the many files that a kernel may not have.
            if (File.Exists(path))
            {
                _handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
                return;
            }
        }
        catch (Exception)
        {
            // Not permitted, or gone since it was asked for: the same as missing.
        }

        BackOff();
    }

    /// <summary>
    /// The file's text, as far as the buffer holds it; empty where it cannot be read. The kernel hands out a
    /// list, such as <c>vmstat</c>, at most a page at a time: <paramref name="isList"/> reads all of its pieces.
    /// </summary>
    public ReadOnlySpan<byte> Read(Span<byte> buffer, bool isList = false)
    {
        if (_handle is null && !TryReopen())
        {
            return default;
        }

        var length = ReadKept(buffer);
        if (length < 0)
        {
            Drop();
            return default;
        }

        _failures.Succeeded();
        while (isList && length < buffer.Length && ReadAt(buffer[length..], length) is var more and > 0)
        {
            length += more;
        }

        return buffer[..length];
    }

    /// <summary>One read through the handle as it is; negative where there is none or it fails. Thread-safe.</summary>
    public int ReadKept(Span<byte> buffer) => ReadAt(buffer, 0);

    public void Dispose()
    {
        _disposed = true;
        _handle?.Dispose();
        _handle = null;
    }

    private int ReadAt(Span<byte> buffer, long offset)
    {
        try
        {
            return _handle is { } handle ? RandomAccess.Read(handle, buffer, offset) : -1;
        }
        catch (Exception)
        {
            // The group was removed, the kernel has this figure switched off, or the watch was stopped in between:
            // whatever it is, the number is absent now, and that is all that a reader may say.
            return -1;
        }
    }

    private bool TryReopen()
    {
        if (_disposed || _readingsToSkip-- > 0)
        {
            return false;
        }

        Open();
        return _handle is not null;
    }

    private void Drop()
    {
        _handle?.Dispose();
        _handle = null;
        BackOff();
    }

    private void BackOff()
    {
        _failures.Failed();
        _readingsToSkip = _failures.Pause(1, LongestPause * 2) / 2;
    }
}
