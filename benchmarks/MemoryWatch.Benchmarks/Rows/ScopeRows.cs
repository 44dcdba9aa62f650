using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using MemoryWatch.Read;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>An empty operation from start to end, a mark, and the alternatives to them.</summary>
public class ScopeRows : IDisposable
{
    private const string Context = "User 123 | File size: 45.3 MB";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memorywatch-benchmarks-");
    private readonly MemoryWatcher _recorded;
    private readonly LinuxReader _reader = new(TimeProvider.System);
    private readonly MemoryWatcher _watch = Watches.Started();
    private readonly MemoryWatcher _unmetered = Watches.Started(options => options.EnableAllocationTracking = false);
    private readonly MemoryWatcher _unread = Watches.WithoutReadings();
    private readonly MemoryWatcher _silent = Watches.Started(options => options.Enabled = false);
    private readonly MemoryWatcher _printing = Watches.Started(loggerFactory: new FormattingLog());
    private readonly ActivitySource _heard = new("MemoryWatch.Benchmarks.Heard");
    private readonly ActivitySource _unheard = new("MemoryWatch.Benchmarks.Unheard");
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == "MemoryWatch.Benchmarks.Heard",
        Sample = static (ref _) => ActivitySamplingResult.AllData,
    };

    public ScopeRows()
    {
        ActivitySource.AddActivityListener(_listener);
        _recorded = Watches.Started(options => options.BlackBox.Path = Path.Combine(_folder.FullName, "memory.blackbox"));
    }

    [Benchmark(Baseline = true, Description = "two quick readings")]
    public long? TwoReadings() => _reader.ReadResidentBytes() + _reader.ReadResidentBytes();

    [Benchmark(Description = "scope, both ends")]
    public void Scope()
    {
        using (_watch.Track("Download", Context))
        {
        }
    }

    [Benchmark(Description = "scope whose readings cost nothing")]
    public void Unread()
    {
        using (_unread.Track("Download", Context))
        {
        }
    }

    [Benchmark(Description = "scope, allocations not tracked")]
    public void Unmetered()
    {
        using (_unmetered.Track("Download", Context))
        {
        }
    }

    [Benchmark(Description = "scope inside of a scope")]
    public void Nested()
    {
        using (_watch.Track("Download", Context))
        using (_watch.Track("Part", Context))
        {
        }
    }

    [Benchmark(Description = "scope, its two log lines formatted and dropped")]
    public void Printing()
    {
        using (_printing.Track("Download", Context))
        {
        }
    }

    [Benchmark(Description = "scope with the black box")]
    public void Recorded()
    {
        using (_recorded.Track("Download", Context))
        {
        }
    }

    [Benchmark(Description = "scope while the watch is disabled")]
    public void Silent()
    {
        using (_silent.Track("Download", Context))
        {
        }
    }

    [Benchmark(Description = "mark")]
    public void Mark() => _watch.Mark("Session Created", Context);

    [Benchmark(Description = "Activity with a listener, one tag")]
    public void HeardActivity()
    {
        using var activity = _heard.StartActivity("Download");
        activity?.SetTag("context", Context);
    }

    [Benchmark(Description = "Activity with a listener, memory at both ends by Environment.WorkingSet")]
    public void HeardActivityWithMemory()
    {
        using var activity = _heard.StartActivity("Download");
        activity?.SetTag("context", Context);
        var before = Environment.WorkingSet;
        activity?.SetTag("change", Environment.WorkingSet - before);
    }

    [Benchmark(Description = "Activity without a listener")]
    public void UnheardActivity()
    {
        using var activity = _unheard.StartActivity("Download");
        activity?.SetTag("context", Context);
    }

    /// <summary>The cost of an empty call.</summary>
    public void Nothing()
    {
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _reader.Dispose();
        _watch.Dispose();
        _unmetered.Dispose();
        _unread.Dispose();
        _silent.Dispose();
        _printing.Dispose();
        _recorded.Dispose();
        _folder.Delete(recursive: true);
        _heard.Dispose();
        _unheard.Dispose();
        _listener.Dispose();
        GC.SuppressFinalize(this);
    }
}
