using System.Globalization;
using MemoryWatch.Benchmarks.Bare;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.BlackBox;

/// <summary>Measures the cost of a record near the memory limit, next to a bare <c>pwrite</c> there and to both with free memory.</summary>
internal static class NearLimitComparison
{
    private const string Root = "/sys/fs/cgroup/memory";
    private const long Limit = 256L << 20;
    private const long Near = 10L << 20;
    private const long Far = 128L << 20;
    private const int Turns = 50;

    // The child fills its cgroup to the last megabytes, and the kernel kills it there now and then.
    private const int Attempts = 3;

    public static void Run(bool smoke, Report report)
    {
        if (!BareReads.IsAvailable)
        {
            report.LeaveOut("a record near the limit", "the bare write in C, as there is no compiler (cc)");
            return;
        }

        var table = new MarkdownTable(
            "Record in a cgroup of 256 MB", $"median of {(smoke ? 1 : Turns)} turns of 2000", "bare pwrite in C", "record of a mark", "ratio", "written");
        foreach (var (what, left) in new[] { ("128 MB below its limit", Far), ("10 MB below its limit", Near) })
        {
            if (!TryCreate(out var folder))
            {
                report.LeaveOut("a record near the limit", $"no cgroup can be created under {Root}");
                return;
            }

            try
            {
                var answers = Enumerable.Range(0, Attempts).Select(_ => Measure(folder, left, smoke ? 1 : Turns));
                if (answers.FirstOrDefault(answer => answer is not null) is not [var first, var second, var how])
                {
                    report.LeaveOut($"a record {what}", $"the kernel killed the measured process {Attempts} times");
                    continue;
                }

                var (bare, record) = (double.Parse(first, CultureInfo.InvariantCulture), double.Parse(second, CultureInfo.InvariantCulture));
                table.Add(what, Text.Time(bare), Text.Time(record), Text.Of("{0:0.00}", record / bare), how == "direct" ? "at once" : "through the queue");
                report.Add(new Budget($"record / bare pwrite, {what}", 1, record / bare, "{0:0.00}x"));
            }
            finally
            {
                // The cgroup stays busy for a moment after its last process has ended.
                SpinWait.SpinUntil(() => TryRemove(folder), TimeSpan.FromSeconds(10));
            }
        }

        report.Add(table);
    }

    private static bool TryCreate(out string folder)
    {
        folder = $"{Root}/memorywatch-benchmarks-{Guid.NewGuid():N}";
        try
        {
            if (!File.Exists($"{Root}/memory.usage_in_bytes"))
            {
                return false;
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText($"{folder}/memory.limit_in_bytes", Limit.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not root, or mounted read-only.
            return false;
        }
    }

    /// <returns>The words that the child printed; <see langword="null"/> if it was killed before.</returns>
    private static string[]? Measure(string folder, long left, int turns)
    {
        using var child = new ChildProgram(
            NearLimitChild.Name, folder, left.ToString(CultureInfo.InvariantCulture), turns.ToString(CultureInfo.InvariantCulture));
        return child.TryReadLine()?.Split(' ');
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
