using Microsoft.Extensions.Logging;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>Watches as the rows use them.</summary>
internal static class Watches
{
    /// <summary>The defaults, but that a machine short of memory must not make the watch collect in the middle of a row.</summary>
    public static MemoryWatchOptions Options() => new() { CollectWhenHigh = false };

    public static MemoryWatcher Started(Action<MemoryWatchOptions>? configure = null, ILoggerFactory? loggerFactory = null)
    {
        var options = Options();
        configure?.Invoke(options);
        var watch = new MemoryWatcher(options, loggerFactory);
        watch.StartWatching();
        return watch;
    }
}
