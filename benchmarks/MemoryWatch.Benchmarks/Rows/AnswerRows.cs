using BenchmarkDotNet.Attributes;
using MemoryWatch.Read;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>What people and pages ask for, which no tick pays for: the diagnosis, the history, the report, and what glibc keeps free.</summary>
public class AnswerRows : IDisposable
{
    private const int Seconds = 900;
    private const int Operations = 64;

    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SevenDays = TimeSpan.FromDays(7);

    private readonly MovedClock _time = new();
    private readonly LinuxReader _reader = new(TimeProvider.System);
    private readonly MemoryWatcher _watch;
    private readonly Engine _run;

    public AnswerRows()
    {
        _watch = new(
            Watches.Options(), NullLogger.Instance, _time, new LinuxReader(TimeProvider.System), new RealTimePacer(), meters: null,
            TimeSpan.FromSeconds(1));
        _run = _watch.Prepare()!;
        for (var second = 0; second < Seconds; second++)
        {
            using (_watch.Track("Download", $"User {second % Operations}"))
            {
                Tick();
            }
        }
    }

    [Benchmark(Baseline = true, Description = "tick of the watch")]
    public TimeSpan Tick()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return _run.Tick();
    }

    [Benchmark(Description = "tick of the watch, and Diagnose() after it")]
    public MemoryDiagnosis Diagnose()
    {
        Tick();
        return _watch.Diagnose();
    }

    [Benchmark(Description = "History(10 min), all points there")]
    public MemoryHistory History() => _watch.History(TenMinutes);

    [Benchmark(Description = "History(7 d), 15 minutes there")]
    public MemoryHistory LongHistory() => _watch.History(SevenDays);

    [Benchmark(Description = "DescribeReport()")]
    public string Report() => _watch.DescribeReport();

    [Benchmark(Description = "what glibc keeps free (malloc_info), on a thread for it once a minute")]
    public NativeHeapReading? NativeHeap() => _reader.ReadNativeHeap();

    [GlobalCleanup]
    public void Dispose()
    {
        _watch.Dispose();
        _reader.Dispose();
        GC.SuppressFinalize(this);
    }
}
