namespace MemoryWatch;

/// <summary>Memory of the whole machine, in bytes, absent where it could not be read.</summary>
public readonly struct MachineReading
{
    /// <summary>Physical memory (<c>MemTotal</c> of <c>/proc/meminfo</c>; elsewhere what the runtime may use of it).</summary>
    public long? TotalBytes { get; init; }

    /// <summary>What can be had without swapping (<c>MemAvailable</c> of <c>/proc/meminfo</c>; elsewhere total less the runtime's last load figure).</summary>
    public long? AvailableBytes { get; init; }

    /// <summary>
    /// How many processes the kernel has killed for want of memory since boot (<c>oom_kill</c> of <c>/proc/vmstat</c>), those
    /// included that only their container had too little for.
    /// </summary>
    public long? OomKills { get; init; }

    /// <summary>One line: <c>available 3000.0 MB of 4096 MB</c>.</summary>
    public override string ToString() => $"available {MemoryText.Megabytes(AvailableBytes)} of {MemoryText.Limit(TotalBytes)}";
}
