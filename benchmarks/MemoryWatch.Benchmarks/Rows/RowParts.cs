using BenchmarkDotNet.Running;
using MemoryWatch.Benchmarks.Bare;
using MemoryWatch.Benchmarks.Psutil;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>The rows measured in this process, psutil's time for the same reading, and the budgets for both.</summary>
internal static class RowParts
{
    public static void Quick(bool smoke, Report report)
    {
        var rows = Run<QuickReadingRows>(smoke, report);
        PsutilRow.AddTo(rows, "psutil: memory_info().rss", "quick", smoke, report);
        report.Add(rows.Table("Quick reading"));
        AddRatio(rows, nameof(QuickReadingRows.Quick), nameof(QuickReadingRows.Bare), 1.15, "quick reading / bare pread in C", report);

        using var row = new QuickReadingRows();
        AddAllocated("quick reading", 0, () => row.Quick(), report);
    }

    public static void Snapshot(bool smoke, Report report)
    {
        var rows = Run<FullSnapshotRows>(smoke, report);
        PsutilRow.AddTo(rows, "psutil: rss, vms, threads, files, virtual_memory()", "full", smoke, report);
        using var files = new ReaderFiles();
        report.Add(rows.Table("Full snapshot", $"Read in C: {string.Join(", ", files.Paths.Select(KindOfFile))}; status of the task and fd folders."));
        AddRatio(rows, nameof(FullSnapshotRows.Snapshot), nameof(FullSnapshotRows.Bare), 1.15, "full snapshot / its bare reads in C", report);

        using var row = new FullSnapshotRows();
        AddAllocated("full snapshot", 1024, () => row.Snapshot(), report);
        AddAllocated("tick", 1024, () => row.Tick(), report);
    }

    public static void Scope(bool smoke, Report report)
    {
        var rows = Run<ScopeRows>(smoke, report);
        report.Add(rows.Table("Scope"));

        using var row = new ScopeRows();
        report.Add(new Budget(
            "scope, beyond two quick readings", 400, Turns.Difference(() => row.TwoReadings(), row.Scope, smoke), "{0:0} ns"));
        report.Add(new Budget("scope while the watch is disabled", 2, Turns.Difference(row.Nothing, row.Silent, smoke), "{0:0.0} ns"));
        AddAllocated("scope", 300, row.Scope, report);
        AddAllocated("scope while the watch is disabled", 0, row.Silent, report);
    }

    public static void Hop(bool smoke, Report report)
    {
        var rows = Run<HopRows>(smoke, report);
        report.Add(rows.Table("Hop of an async flow"));
        if (rows.Find(nameof(HopRows.Unmetered)) is { } unmetered && rows.Find(nameof(HopRows.Metered)) is { } metered)
        {
            report.Add(new Budget("attribution, per hop", 30, metered.Nanoseconds - unmetered.Nanoseconds, "{0:0} ns"));
        }

        report.Add(new Budget("attribution, largest error of 64 flows at once", 0.1, FlowErrors.Largest() * 100, "{0:0.00} %"));
    }

    public static void InFlight(bool smoke, Report report)
    {
        report.Add(new Budget("one of 100,000 operations in flight, on the heap", 512, InFlightCost.BytesPerOperation(), "{0:0} B"));
        report.Add(new Budget("scope nested 20,000 deep / nested 5,000 deep", 2, InFlightCost.DepthRatio(), "{0:0.00}x"));
    }

    public static void Blame(bool smoke, Report report)
    {
        report.Add(Run<BlameRows>(smoke, report).Table(
            "Blame", $"{BlameRows.InFlight} operations in flight on the watch, a tenth of which have allocated since the last reading."));

        using var row = new BlameRows();
        AddAllocated("keeping a reading of all in flight", 0, row.Keep, report);
    }

    public static void Leak(bool smoke, Report report)
    {
        report.Add(Run<LeakRows>(smoke, report).Table(
            "Leak verdict and forecast", $"{LeakRows.JudgmentsOfOneDay()} judgments of one memory in the first day at one reading a second."));

        var row = new LeakRows();
        AddAllocated("leak verdict, one reading kept", 0, () => row.Keep(), report);
        AddAllocated("leak verdict, one judgment of a full series", 1024, () => row.Level(), report);
    }

    public static void Answer(bool smoke, Report report) => report.Add(Run<AnswerRows>(smoke, report).Table("Answers"));

    public static void Record(bool smoke, Report report)
    {
        var rows = Run<RecordRows>(smoke, report);
        report.Add(rows.Table("Record of the black box"));
        AddRatio(rows, nameof(RecordRows.Mark), nameof(RecordRows.Bare), 1, "black box, one record / bare pwrite of its size in C", report);

        using var row = new RecordRows();
        AddAllocated("record of a mark", 0, row.Mark, report);
        AddAllocated("record of a sample", 0, row.Sample, report);
    }

    private static void AddRatio(RowGroup rows, string measured, string baseline, double limit, string what, Report report)
    {
        if (rows.Find(measured) is { } row && rows.Find(baseline) is { } bare)
        {
            report.Add(new Budget(what, limit, row.Nanoseconds / bare.Nanoseconds, "{0:0.00}x"));
        }
    }

    private static void AddAllocated(string what, double limit, Action call, Report report) =>
        report.Add(new Budget($"{what}, allocated", limit, Allocations.PerCall(call), "{0:0.#} B"));

    private static RowGroup Run<T>(bool smoke, Report report)
    {
        if (!BareReads.IsAvailable)
        {
            report.LeaveOut(typeof(T).Name, "the bare reads in C, as there is no compiler (cc)");
        }

        var group = new RowGroup();
        var results = BenchmarkRunner.Run<T>(RowConfig.Of(smoke)).Reports;
        if (results.IsEmpty)
        {
            report.Fail($"{typeof(T).Name}: no row ran");
        }

        foreach (var result in results)
        {
            var descriptor = result.BenchmarkCase.Descriptor;
            if (!result.Success || result.ResultStatistics is not { } statistics)
            {
                report.Fail($"{typeof(T).Name}.{descriptor.WorkloadMethod.Name}");
                continue;
            }

            group.Add(new(
                descriptor.WorkloadMethod.Name,
                descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                statistics.Median,
                statistics.Min,
                result.GcStats.GetBytesAllocatedPerOperation(result.BenchmarkCase)));
        }

        return group;
    }

    /// <summary>Returns a file's name without its cgroups, which are specific to this machine.</summary>
    private static string KindOfFile(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal) ? path["/proc/".Length..] : Path.GetFileName(path);
}
