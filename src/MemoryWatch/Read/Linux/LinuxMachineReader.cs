namespace MemoryWatch.Read;

/// <summary>
/// Reads the memory of the machine from <c>/proc/meminfo</c> and <c>/proc/vmstat</c>. The latter is the most expensive file of a full reading, about
/// a third of its cost. It is still read each time, because saving some 25 us once a second is not worth a delayed OOM-kill count.
/// </summary>
internal sealed class LinuxMachineReader(LinuxSource source) : IDisposable
{
    private readonly KernelFile _memInfo = new(source.Resolve("/proc/meminfo"));
    private readonly KernelFile _vmStat = new(source.Resolve("/proc/vmstat"));

    public MachineReading Read(Span<byte> buffer)
    {
        var memInfo = _memInfo.Read(buffer);
        var total = KernelText.Kilobytes(memInfo, "MemTotal"u8);
        var available = KernelText.Kilobytes(memInfo, "MemAvailable"u8);
        return new MachineReading
        {
            TotalBytes = total,
            AvailableBytes = available,
            OomKills = KernelText.Value(_vmStat.Read(buffer, isList: true), "oom_kill"u8),
        };
    }

    public void Dispose()
    {
        _memInfo.Dispose();
        _vmStat.Dispose();
    }
}
