namespace MemoryWatch.Read;

/// <summary>What the watch itself counts, shown behind the application's numbers.</summary>
internal static class BuiltInMetrics
{
    public static IMetricsProvider[] Create(IMemoryReader reader) =>
    [
        new DelegateMetric(new("Threads", new() { Key = "thread_count" }), reader.ReadThreads),
        new DelegateMetric(new(OperatingSystem.IsWindows() ? "Handles" : "Open files"), reader.ReadOpenFiles),
    ];
}
