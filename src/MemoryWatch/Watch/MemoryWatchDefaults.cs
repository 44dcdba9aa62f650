namespace MemoryWatch;

/// <summary>What the settings are where nobody sets them. The zones are those of a 512 MB container, as parts of the limit.</summary>
public static class MemoryWatchDefaults
{
    /// <summary>From 350 of 512 MB (68.4 %) memory is elevated.</summary>
    public static readonly MemoryThreshold ElevatedThreshold = MemoryThreshold.Relative(350d / 512);

    /// <summary>From 400 of 512 MB (78.1 %) the high-memory alert is raised and relief begins.</summary>
    public static readonly MemoryThreshold HighThreshold = MemoryThreshold.Relative(400d / 512);

    /// <summary>From 450 of 512 MB (87.9 %) memory is critical.</summary>
    public static readonly MemoryThreshold CriticalThreshold = MemoryThreshold.Relative(450d / 512);

    /// <summary>From 500 of 512 MB (97.7 %) the limit is imminent.</summary>
    public static readonly MemoryThreshold ImminentThreshold = MemoryThreshold.Relative(500d / 512);

    /// <summary>A rise of 50 MB within the window is a spike.</summary>
    public static readonly MemoryThreshold SpikeThreshold = MemoryThreshold.Absolute(MemorySize.FromMegabytes(50));

    /// <summary>Spikes are looked for within a sliding minute.</summary>
    public static readonly TimeSpan SpikeWindow = TimeSpan.FromMinutes(1);

    /// <summary>Memory is read every second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A snapshot is printed every 5 minutes.</summary>
    public static readonly TimeSpan PeriodicInterval = TimeSpan.FromMinutes(5);

    /// <summary>What the GC did is printed every 5 minutes.</summary>
    public static readonly TimeSpan GcReportInterval = TimeSpan.FromMinutes(5);

    /// <summary>An operation is named in reports once it has run for a minute while memory is elevated or worse.</summary>
    public static readonly TimeSpan LongOperationAge = TimeSpan.FromMinutes(1);

    /// <summary>Forced collections are at least a minute apart.</summary>
    public static readonly TimeSpan CollectionCooldown = TimeSpan.FromMinutes(1);

    /// <summary>A black box takes 1 MB: some minutes of readings, and the last hundreds of operations.</summary>
    public static readonly MemorySize BlackBoxSize = MemorySize.FromMegabytes(1);

    /// <summary>Files of the last 3 runs are kept.</summary>
    public const int BlackBoxKeptFiles = 3;

    /// <summary>Where Kubernetes looks for a container's last words.</summary>
    public const string TerminationLogPath = "/dev/termination-log";
}
