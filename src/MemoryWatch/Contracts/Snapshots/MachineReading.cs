namespace MemoryWatch;

/// <summary>Memory of the whole machine, in bytes; <see langword="null"/> if a value could not be read.</summary>
/// <example>
/// <code>
/// MachineReading machine = watch.Current.Machine;
/// Console.WriteLine($"{machine.AvailableBytes >> 20} of {machine.TotalBytes >> 20} MB are available on the machine");
/// </code>
/// </example>
public readonly struct MachineReading
{
    private readonly OptionalNumber _totalBytes;
    private readonly OptionalNumber _availableBytes;
    private readonly OptionalNumber _oomKills;

    /// <summary>
    /// Physical memory (<c>MemTotal</c> of <c>/proc/meminfo</c>). On other systems than Linux, and if that number cannot be read: the part of it
    /// that the runtime may use, known after the first GC.
    /// </summary>
    public long? TotalBytes
    {
        get => _totalBytes.Value;
        init => _totalBytes = new(value);
    }

    /// <summary>
    /// Memory available without swapping (<c>MemAvailable</c> of <c>/proc/meminfo</c>; if that is missing, the sum of <c>MemFree</c>,
    /// <c>Buffers</c>, <c>Cached</c> and <c>SReclaimable</c> minus <c>Shmem</c>). On other systems than Linux: total minus the memory load that
    /// the runtime measured at the last GC.
    /// </summary>
    public long? AvailableBytes
    {
        get => _availableBytes.Value;
        init => _availableBytes = new(value);
    }

    /// <summary>
    /// Number of processes that the kernel OOM-killed since boot (<c>oom_kill</c> of <c>/proc/vmstat</c>), including those killed because only
    /// their container was short of memory.
    /// </summary>
    public long? OomKills
    {
        get => _oomKills.Value;
        init => _oomKills = new(value);
    }

    /// <summary>Returns one line, such as <c>available 3000.0 MB of 4096 MB</c>.</summary>
    public override string ToString() => $"available {MemoryText.Megabytes(AvailableBytes)} of {MemoryText.Limit(TotalBytes)}";
}
