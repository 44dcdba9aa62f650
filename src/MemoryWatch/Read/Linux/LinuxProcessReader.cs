using System.Runtime.CompilerServices;

namespace MemoryWatch.Read;

/// <summary>Reads the memory of the process from <c>statm</c> and <c>status</c> in its folder of <c>/proc</c>.</summary>
internal sealed class LinuxProcessReader : IDisposable
{
    // Seven numbers of at most 20 digits.
    private const int StatmSize = 160;

    // The positions of the numbers in statm, all in pages.
    private const int Size = 0;
    private const int Resident = 1;
    private const int Shared = 2;

    private readonly KernelFilePerCore _statm;
    private readonly KernelFile _status;
    private readonly int _pageSize;

    public LinuxProcessReader(LinuxSource source)
    {
        // Opened at once, because quick readings may come before the first full reading and never open the file.
        _statm = new(() => source.ProcessFile("statm"));
        _status = source.ProcessFile("status");
        _pageSize = source.PageSize;
    }

    /// <summary>The quick reading. Thread-safe, because only the full reading reopens a lost file.</summary>
    [SkipLocalsInit]
    public long? ReadResidentBytes()
    {
        Span<byte> buffer = stackalloc byte[StatmSize];
        var length = _statm.ReadKept(buffer);
        return length < 0 ? null : Bytes(buffer[..length], Resident);
    }

    public ProcessReading Read(Span<byte> buffer)
    {
        var statm = _statm.Read(buffer);
        var size = Bytes(statm, Size);
        var resident = Bytes(statm, Resident);
        var shared = Bytes(statm, Shared);
        var status = _status.Read(buffer);
        return new ProcessReading
        {
            ResidentBytes = resident,
            VirtualBytes = size,

            // Kernels before 4.5 do not split resident memory in status, but statm's shared part is everything that is not anonymous.
            AnonymousBytes = KernelText.Kilobytes(status, "RssAnon"u8) ?? (resident >= shared ? resident - shared : null),
            FileBackedBytes = KernelText.Kilobytes(status, "RssFile"u8),
            SharedBytes = KernelText.Kilobytes(status, "RssShmem"u8),
            SwappedBytes = KernelText.Kilobytes(status, "VmSwap"u8),
        };
    }

    public void Dispose()
    {
        _statm.Dispose();
        _status.Dispose();
    }

    private long? Bytes(ReadOnlySpan<byte> statm, int index) =>
        KernelText.Times(KernelText.Field(statm, index), _pageSize);
}
