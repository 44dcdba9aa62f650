using MemoryWatch.Files;
using MemoryWatch.Guard;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Read;

/// <summary>
/// A small file of <c>/proc</c> or a cgroup whose handle is kept open: each reading is one positional read. If the file is missing or fails, it is
/// tried again after skipping 0, 1, 2, 4 … 64 readings, because failing costs far more than reading.
/// </summary>
/// <remarks>For one caller at a time, except <see cref="ReadKept"/>, which any thread may call.</remarks>
internal sealed class KernelFile(IFiles files, string path) : IDisposable
{
    private const int LongestPause = 64;

    private volatile SafeFileHandle? _handle;
    private Backoff _failures;
    private long _readingsToSkip;
    private bool _disposed;

    /// <summary>Whether the file was there at the last <see cref="Read"/> that tried, but could not be opened or read.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Whether the file was not there at the last <see cref="Read"/> that tried.</summary>
    public bool IsMissing => _handle is null && !IsUnreadable;

    /// <summary>Opens the file now rather than at the first <see cref="Read"/>, because <see cref="ReadKept"/> never opens it.</summary>
    public void Open()
    {
        IsUnreadable = false;
        try
        {
            // This check avoids an exception for each of the many files that a kernel may not have.
            if (files.Exists(path))
            {
                _handle = files.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                return;
            }
        }
        catch (Exception)
        {
            // Not permitted, or removed since the check.
            IsUnreadable = true;
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
            IsUnreadable = true;
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
            return _handle is { } handle ? files.Read(handle, buffer, offset) : -1;
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
