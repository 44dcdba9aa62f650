using MemoryWatch.Guard;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Read;

/// <summary>
/// A small file of <c>/proc</c> or a cgroup whose handle is kept open: each reading is one positional read. If the file is missing or fails, it is
/// tried again after skipping 0, 1, 2, 4 … 64 readings, because failing costs far more than reading.
/// </summary>
/// <remarks>For one caller at a time, except <see cref="ReadKept"/>, which any thread may call.</remarks>
internal sealed class KernelFile(string path) : IDisposable
{
    private const int LongestPause = 64;

    private volatile SafeFileHandle? _handle;
    private Backoff _failures;
    private long _readingsToSkip;
    private bool _disposed;

    /// <summary>Opens the file now rather than at the first <see cref="Read"/>, because <see cref="ReadKept"/> never opens it.</summary>
    public void Open()
    {
        try
        {
            // This check avoids an exception for each of the many files that a kernel may not have.
            if (File.Exists(path))
            {
                _handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
                return;
            }
        }
        catch (Exception)
        {
            // Not permitted, or removed since the check: the same as missing.
        }

        BackOff();
    }

    /// <summary>
    /// The file's text, as far as the buffer holds it; empty if it cannot be read. The kernel returns a list, such as <c>vmstat</c>, in pieces of at
    /// most one page: <paramref name="isList"/> reads all pieces.
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

    /// <summary>Reads once through the current handle; returns a negative number if there is none or the read fails. Thread-safe.</summary>
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
            // The cgroup was removed, the kernel has this figure switched off, or the watch was stopped meanwhile. In each case
            // the reader only reports that there is no number.
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
