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

    // Resident memory above this is implausible. The full reading writes it, quick readings on other threads read it.
    private long _most = long.MaxValue;

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
        return length < 0 ? null : Plausible(Bytes(buffer[..length], Resident));
    }

    /// <param name="machineBytes">Memory of the machine; resident memory above it is implausible.</param>
    /// <param name="buffer">A buffer that holds the longest file.</param>
    /// <param name="gaps">The numbers that are missing.</param>
    public ProcessReading Read(long? machineBytes, Span<byte> buffer, out ReadingGaps gaps)
    {
        var statm = _statm.Read(buffer);
        var size = Bytes(statm, Size);
        var shared = Bytes(statm, Shared);

        // In a container that lxcfs shows its own limit as the machine's memory, mapped files can come on top of it: others may pay for them.
        Volatile.Write(ref _most, machineBytes is { } total ? total + Math.Min(shared ?? 0, total) : long.MaxValue);
        var resident = Plausible(Bytes(statm, Resident));
        var status = _status.Read(buffer);
        resident ??= Plausible(KernelText.Kilobytes(status, "VmRSS"u8));
        gaps = resident is null ? ReadingGaps.ResidentMemory : ReadingGaps.None;
        return new ProcessReading
        {
            ResidentBytes = resident,
            VirtualBytes = size,

            // Kernels before 4.5 do not split resident memory in status, but statm's shared part is everything that is not anonymous.
            AnonymousBytes = Part(status, "RssAnon"u8) ?? (resident >= shared ? resident - shared : null),
            FileBackedBytes = Part(status, "RssFile"u8),
            SharedBytes = Part(status, "RssShmem"u8),
            SwappedBytes = KernelText.Kilobytes(status, "VmSwap"u8),
        };
    }

    public void Dispose()
    {
        _statm.Dispose();
        _status.Dispose();
    }

    /// <summary>A process that runs has resident memory, and not more than there is.</summary>
    private long? Plausible(long? resident) => resident > 0 && resident <= Volatile.Read(ref _most) ? resident : null;

    private long? Part(ReadOnlySpan<byte> status, ReadOnlySpan<byte> key) =>
        KernelText.Kilobytes(status, key) is { } part && part <= Volatile.Read(ref _most) ? part : null;

    private long? Bytes(ReadOnlySpan<byte> statm, int index) =>
        KernelText.Times(KernelText.Field(statm, index), _pageSize);
}
