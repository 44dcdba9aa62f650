using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using MemoryWatch.Benchmarks.Bare;
using MemoryWatch.Read;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>The reading of resident memory at each start and end of an operation and at each mark.</summary>
public class QuickReadingRows : IDisposable
{
    private const int Loops = 64;

    private readonly SafeFileHandle _statm = File.OpenHandle("/proc/self/statm");
    private readonly LinuxReader _reader = new(TimeProvider.System);
    private readonly Process _process = Process.GetCurrentProcess();

    [NeedsCompiler]
    [Benchmark(Baseline = true, OperationsPerInvoke = Loops, Description = "bare pread of statm, in C")]
    public void Bare() => BareReads.Quick((int)_statm.DangerousGetHandle(), Loops);

    [Benchmark(Description = "quick reading")]
    public long? Quick() => _reader.ReadResidentBytes();

    [Benchmark(Description = "Environment.WorkingSet")]
    public long WorkingSet() => Environment.WorkingSet;

    [Benchmark(Description = "Process kept, Refresh, WorkingSet64")]
    public long KeptProcess()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    [Benchmark(Description = "Process.GetCurrentProcess, WorkingSet64")]
    public long NewProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _statm.Dispose();
        _reader.Dispose();
        _process.Dispose();
        GC.SuppressFinalize(this);
    }
}
