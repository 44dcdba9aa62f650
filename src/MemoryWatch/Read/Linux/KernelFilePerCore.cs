namespace MemoryWatch.Read;

/// <summary>
/// A small kernel file that any thread reads at any time, through one handle per core. Threads that read through one handle at the same time wait
/// for each other, in the kernel and in the runtime's count of the handle's users.
/// </summary>
internal sealed class KernelFilePerCore : IDisposable
{
    // Each handle is a file that the process keeps open; on a machine with more cores, several cores share a handle.
    private const int MostHandles = 16;

    private readonly KernelFile[] _files;
    private int _turn;

    public KernelFilePerCore(Func<KernelFile> file, int? cores = null)
    {
        _files = new KernelFile[Math.Clamp(cores ?? Environment.ProcessorCount, 1, MostHandles)];
        for (var i = 0; i < _files.Length; i++)
        {
            _files[i] = file();
            _files[i].Open();
        }
    }

    /// <summary>
    /// Reads the file's text as <see cref="KernelFile.Read"/> does; for one caller at a time. The handles take turns, so that a lost handle is opened
    /// again.
    /// </summary>
    public ReadOnlySpan<byte> Read(Span<byte> buffer)
    {
        _turn = (_turn + 1) % _files.Length;
        var text = _files[_turn].Read(buffer);
        return text.IsEmpty ? buffer[..Math.Max(ReadKept(buffer), 0)] : text;
    }

    /// <summary>Reads once through an open handle; returns a negative number if no handle can be read. Thread-safe.</summary>
    public int ReadKept(Span<byte> buffer)
    {
        var own = Thread.GetCurrentProcessorId() % _files.Length;
        var length = _files[own].ReadKept(buffer);
        for (var i = 0; length < 0 && i < _files.Length; i++)
        {
            length = _files[i].ReadKept(buffer);
        }

        return length;
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }
}
