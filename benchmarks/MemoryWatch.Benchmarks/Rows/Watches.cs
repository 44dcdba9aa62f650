using MemoryWatch.Read;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>Watches as the rows use them.</summary>
internal static class Watches
{
    private static readonly TimeSpan PluginTimeLimit = TimeSpan.FromSeconds(1);

    /// <summary>The defaults, but that a machine short of memory must not make the watch collect in the middle of a row.</summary>
    public static MemoryWatchOptions Options() => new() { EnableCollectionWhenHigh = false };

    public static MemoryWatcher Started(Action<MemoryWatchOptions>? configure = null, ILoggerFactory? loggerFactory = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var watch = new MemoryWatcher(options, loggerFactory);
        watch.StartWatching();
        return watch;
    }

    /// <summary>A watch that always reads the same: what is left is its own doing.</summary>
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

        public long? ReadThreads() => null;

        public long? ReadOpenFiles() => null;

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
