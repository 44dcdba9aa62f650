namespace MemoryWatch;

/// <summary>Default values of the settings. The zones are those of a 512 MB container, as parts of the limit.</summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options =>
///     options.SpikeWindow = builder.Environment.IsDevelopment() ? TimeSpan.FromSeconds(10) : MemoryWatchDefaults.SpikeWindow);
/// </code>
/// </example>
public static class MemoryWatchDefaults
{
    /// <summary>Memory is elevated at or above 350/512 (68.4 %) of the limit.</summary>
    public static readonly MemoryThreshold ElevatedThreshold = MemoryThreshold.Relative(350d / 512);

    /// <summary>At or above 400/512 (78.1 %) of the limit, the high-memory alert is raised and relief begins.</summary>
    public static readonly MemoryThreshold HighThreshold = MemoryThreshold.Relative(400d / 512);

    /// <summary>Memory is critical at or above 450/512 (87.9 %) of the limit.</summary>
    public static readonly MemoryThreshold CriticalThreshold = MemoryThreshold.Relative(450d / 512);

    /// <summary>The limit is imminent at or above 500/512 (97.7 %) of the limit.</summary>
    public static readonly MemoryThreshold ImminentThreshold = MemoryThreshold.Relative(500d / 512);

    /// <summary>A rise of resident memory without mapped files of at least 50 MB within the window is a spike.</summary>
    public static readonly MemoryThreshold SpikeThreshold = MemoryThreshold.Absolute(MemorySize.FromMegabytes(50));

    /// <summary>The sliding window for spikes: 1 minute.</summary>
    public static readonly TimeSpan SpikeWindow = TimeSpan.FromMinutes(1);

    /// <summary>Memory is read every second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A snapshot is logged every 5 minutes.</summary>
    public static readonly TimeSpan PeriodicInterval = TimeSpan.FromMinutes(5);

    /// <summary>A GC report is logged every 5 minutes.</summary>
    public static readonly TimeSpan GcReportInterval = TimeSpan.FromMinutes(5);

    /// <summary>While memory is elevated or worse, reports name an operation that has run for longer than 1 minute.</summary>
    public static readonly TimeSpan LongOperationAge = TimeSpan.FromMinutes(1);

    /// <summary>GCs forced because of high memory are at least 1 minute apart, unless memory has entered a worse zone.</summary>
    public static readonly TimeSpan CollectionCooldown = TimeSpan.FromMinutes(1);

    /// <summary>A black box has 1 MB: some minutes of readings, and the last hundreds of operations.</summary>
    public static readonly MemorySize BlackBoxSize = MemorySize.FromMegabytes(1);

    /// <summary>The black box files of the last 3 runs are kept.</summary>
    public const int BlackBoxKeptFiles = 3;

    /// <summary>Path of the file from which Kubernetes reads a container's termination message.</summary>
    public const string TerminationLogPath = "/dev/termination-log";

    /// <summary>An operation whose need is not known yet gets a lease of 16 MB.</summary>
    public static readonly MemorySize HeadroomDefaultLease = MemorySize.FromMegabytes(16);

    /// <summary>At most one operation a minute is cancelled to free memory.</summary>
    public static readonly TimeSpan CancelFattestCooldown = TimeSpan.FromMinutes(1);

    /// <summary>A request for memory waits at most 30 s.</summary>
    public static readonly TimeSpan HeadroomQueueTimeout = TimeSpan.FromSeconds(30);
}
