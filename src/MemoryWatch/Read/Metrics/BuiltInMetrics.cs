namespace MemoryWatch.Read;

/// <summary>The metrics that the watch itself provides, shown after the application's metrics.</summary>
internal static class BuiltInMetrics
{
    public static MetricDefinition Threads { get; } = new("Threads", new() { Key = "thread_count" });

    public static MetricDefinition OpenFiles { get; } = new(OperatingSystem.IsWindows() ? "Handles" : "Open files");

    /// <summary>Number of these metrics; they are the last of each snapshot, threads before open files.</summary>
    public const int Count = 2;

    public static IMetricsProvider[] Create(IMemoryReader reader) =>
    [
        new DelegateMetric(Threads, reader.ReadThreads),
        new DelegateMetric(OpenFiles, reader.ReadOpenFiles),
    ];

    /// <summary>The given metrics without the built-in ones.</summary>
    public static IEnumerable<MetricDefinition> Without(IEnumerable<MetricDefinition> metrics) =>
        metrics.Where(metric => metric != Threads && metric != OpenFiles);
}
