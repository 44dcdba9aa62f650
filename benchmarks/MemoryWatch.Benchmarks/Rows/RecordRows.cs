using BenchmarkDotNet.Attributes;
using MemoryWatch.Benchmarks.Bare;
using MemoryWatch.Benchmarks.BlackBox;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>One record of the black box: created, sealed, and written to its place.</summary>
public class RecordRows : IDisposable
{
    private const int Loops = 64;

    private readonly LinuxReader _reader = new(TimeProvider.System);
    private readonly Recording _recording;

    public RecordRows() => _recording = new(_reader);

    [NeedsCompiler]
    [Benchmark(Baseline = true, OperationsPerInvoke = Loops, Description = "bare pwrite of 512 B, in C")]
    public void Bare() => BareReads.Write(_recording.BareFile, BoxFormat.RecordSize, _recording.Places, Loops);

    [Benchmark(Description = "record of a mark")]
    public void Mark() => _recording.Mark();

    [Benchmark(Description = "record of a sample")]
    public void Sample() => _recording.Sample();

    [GlobalCleanup]
    public void Dispose()
    {
        _recording.Dispose();
        _reader.Dispose();
        GC.SuppressFinalize(this);
    }
}
