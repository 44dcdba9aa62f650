using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using MemoryWatch.Benchmarks.Bare;
using MemoryWatch.Guard;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Watch;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>The full reading of a tick: process, heap, container, machine, threads and open files.</summary>
public class FullSnapshotRows : IDisposable
{
    private const int Loops = 8;

    private readonly ReaderFiles _files = new();
    private readonly LinuxReader _reader = new(TimeProvider.System);
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly PluginRunner _runner = new(new PluginLog(NullLogger.Instance), new StuckThreads(), TimeProvider.System, TimeSpan.FromSeconds(1));
    private readonly Sampler _sampler;
    private readonly MemoryWatcher _watch = new(Watches.Options());
    private readonly Engine _run;

    public FullSnapshotRows()
    {
        _run = _watch.Prepare()!;
        _sampler = new(
            _reader, new(_reader, static () => { }), static () => null, new([], BuiltInMetrics.Create(_reader), _runner), TimeProvider.System);
    }

    [NeedsCompiler]
    [Benchmark(Baseline = true, OperationsPerInvoke = Loops, Description = "bare reads of the same files, in C")]
    public void Bare()
    {
        // In turns, like the reader, so that the caches do not still contain everything when a file is read again.
        for (var i = 0; i < Loops; i++)
        {
            BareReads.Read(_files.Files, _files.Offsets, 1);
            BareReads.Status(_files.StatusPaths, 1);
            BareReads.Open(_files.OpenedPaths, 1);
        }
    }

    [Benchmark(Description = "full snapshot, all fields")]
    public long Snapshot() => _sampler.Tick(null).Time.Ticks;

    [Benchmark(Description = "tick of the watch: snapshot, judge, act, tell")]
    public TimeSpan Tick() => _run.Tick();

    [Benchmark(Description = "reader alone: files, threads, open files")]
    public long? Reader()
    {
        var reading = _reader.Read();
        return reading.Process.ResidentBytes + _reader.ReadThreads() + _reader.ReadOpenFiles();
    }

    [Benchmark(Description = "Snapshot() of the public API, log off")]
    public long Explicit() => _watch.Snapshot("Download Started", "User 123").Time.Ticks;

    [Benchmark(Description = "Process kept, Refresh: memory, threads, handles")]
    public long KeptProcess()
    {
        _process.Refresh();
        return _process.WorkingSet64 + _process.VirtualMemorySize64 + _process.Threads.Count + _process.HandleCount;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _files.Dispose();
        _reader.Dispose();
        _process.Dispose();
        _runner.Dispose();
        _watch.Dispose();
        GC.SuppressFinalize(this);
    }
}
