using System.Buffers.Text;
using System.Text;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>Reads <c>/proc/self/task/ID/schedstat</c> and <c>stat</c>. Files are opened for each reading, because threads come and go.</summary>
internal sealed class LinuxThreadTimes(LinuxSource source) : IThreadTimes
{
    private const int BufferSize = 512;

    // Position in stat, counted from the state.
    private const int MinorFaultsField = 7;

    private readonly string _tasks = source.Resolve($"{source.ProcessFolder}/task");
    private readonly byte[] _path = new byte[BufferSize];
    private int _prefixLength;

    // Detecting that the library lacks a call costs an exception, so the result is remembered.
    private bool _isUnavailable;

    /// <inheritdoc/>
    public ThreadTime? Read(int threadId)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        var text = ReadFile(threadId, "/schedstat"u8, buffer);

        // The third number counts how often the thread was given the processor. It is 0 only if the kernel does not count.
        return KernelText.Field(text, 0) is >= 0 and { } processor && KernelText.Field(text, 1) is >= 0 and { } ready
            && KernelText.Field(text, 2) is > 0
            ? new(processor, ready)
            : null;
    }

    /// <inheritdoc/>
    public bool? IsRunning(int threadId)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        var text = KernelText.AfterName(ReadFile(threadId, "/stat"u8, buffer));
        return text.IsEmpty ? null : text[0] == (byte)'R';
    }

    /// <inheritdoc/>
    public long? ReadProcess() => Libc.ReadProcessTime();

    /// <inheritdoc/>
    public long? ReadTouched(int threadId)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        return KernelText.Times(KernelText.Field(KernelText.AfterName(ReadFile(threadId, "/stat"u8, buffer)), MinorFaultsField), source.PageSize);
    }

    /// <inheritdoc/>
    public long? ReadProcessTouched() => KernelText.Times(Libc.CountProcessFaults(), source.PageSize);

    /// <inheritdoc/>
    public int[] FindRuntimeThreads()
    {
        try
        {
            var found = new List<int>();
            if (Libc.GetThreadId() is > 0 and var own)
            {
                found.Add(own);
            }

            foreach (var folder in Directory.EnumerateDirectories(_tasks))
            {
                if (int.TryParse(Path.GetFileName(folder.AsSpan()), out var id) && IsOfRuntime(id))
                {
                    found.Add(id);
                }
            }

            return [.. found];
        }
        catch (Exception)
        {
            // The folder is not readable or has changed: then the time of these threads counts as time outside of operations.
            return [];
        }
    }

    // The kernel keeps 15 characters of a name. Worker threads of the thread pool run the application's code.
    private bool IsOfRuntime(int threadId)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        var name = ReadFile(threadId, "/comm"u8, buffer);
        return name.StartsWith(".NET Server GC"u8) || name.StartsWith(".NET BGC"u8) || name.StartsWith(".NET Tiered"u8)
            || name.StartsWith(".NET TP Gate"u8) || name.StartsWith(".NET EventPipe"u8) || name.StartsWith(".NET SigHandler"u8);
    }

    private ReadOnlySpan<byte> ReadFile(int threadId, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        if (_isUnavailable || !TryPutPath(threadId, name))
        {
            return default;
        }

        try
        {
            return source.Files.ReadOnce(_path, buffer);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // There is no C library under the usual name, so nothing is known of threads.
            _isUnavailable = true;
            return default;
        }
    }

    private bool TryPutPath(int threadId, ReadOnlySpan<byte> name)
    {
        if (_prefixLength == 0 && !Encoding.UTF8.TryGetBytes($"{_tasks}/", _path, out _prefixLength))
        {
            return false;
        }

        var rest = _path.AsSpan(_prefixLength);
        if (!Utf8Formatter.TryFormat(threadId, rest, out var length) || rest.Length - length <= name.Length)
        {
            return false;
        }

        name.CopyTo(rest[length..]);
        rest[length + name.Length] = 0;
        return true;
    }
}
