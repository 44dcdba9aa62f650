using MemoryWatch.Read;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>Creates the watches for the rows.</summary>
internal static class Watches
{
    private static readonly TimeSpan PluginTimeLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The defaults, except that the watch forces no GC: on a machine that is short of memory it would otherwise do so during a row.
    /// </summary>
    public static MemoryWatchOptions Options() => new() { EnableCollectionWhenHigh = false };

    public static MemoryWatcher Started(Action<MemoryWatchOptions>? configure = null, ILoggerFactory? loggerFactory = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var watch = new MemoryWatcher(options, loggerFactory);
        watch.StartWatching();
        return watch;
    }

    /// <summary>A watch whose readings are constant, so only the watch's cost is measured.</summary>
    public static MemoryWatcher WithoutReadings()
    {
        var watch = new MemoryWatcher(
            Options(), NullLogger.Instance, TimeProvider.System, new ConstantReader(), new RealTimePacer(), meters: null, PluginTimeLimit);
        watch.StartWatching();
        return watch;
    }

    private sealed class ConstantReader : IMemoryReader
    {
        private const long ResidentBytes = 100 << 20;

        public MemoryGroup? Group => null;

        public long? ReadResidentBytes() => ResidentBytes;

        public MemoryReading Read() => new() { Process = new() { ResidentBytes = ResidentBytes } };

        public KernelLog? ReadKernelLog() => null;

        public long? ReadThreads() => null;

        public long? ReadOpenFiles() => null;

        public void Dispose()
        {
            // No resources are open.
        }
    }
}
