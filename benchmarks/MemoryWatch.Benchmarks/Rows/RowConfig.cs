using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MemoryWatch.Benchmarks.Bare;
using Perfolizer.Horology;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// Configures how rows are measured: all in this process, because the cost of reads depends on the process's files, and in source order, so that
/// a row and its baseline are measured close in time.
/// </summary>
internal static class RowConfig
{
    public static IConfig Of(bool smoke)
    {
        var job = smoke
            ? Job.Dry
            : Job.Default
                .WithWarmupCount(5)
                .WithIterationCount(25)
                .WithIterationTime(TimeInterval.FromMilliseconds(100));
        var config = new ManualConfig()
            .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddFilter(new SimpleFilter(row =>
                BareReads.IsAvailable || !row.Descriptor.WorkloadMethod.IsDefined(typeof(NeedsCompilerAttribute), inherit: false)))
            .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared, MethodOrderPolicy.Declared))
            .WithOptions(ConfigOptions.DisableLogFile);
        return smoke
            ? config.AddLogger(NullLogger.Instance)
            : config
                .AddLogger(ConsoleLogger.Default)
                .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance);
    }
}
