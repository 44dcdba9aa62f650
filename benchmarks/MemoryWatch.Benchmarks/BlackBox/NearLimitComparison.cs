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
            if (!TryMeasure(left, smoke ? 1 : Turns, out var bare, out var record, out var how))
            {
                report.LeaveOut("a record near the limit", $"no cgroup can be created under {Root}");
                return;
            }

            table.Add(what, Text.Time(bare), Text.Time(record), Text.Of("{0:0.00}", record / bare), how == "direct" ? "at once" : "through the queue");
            report.Add(new Budget($"record / bare pwrite, {what}", 1, record / bare, "{0:0.00}x"));
        }

        report.Add(table);
    }

    private static bool TryMeasure(long left, int turns, out double bare, out double record, out string how)
    {
        (bare, record, how) = (0, 0, string.Empty);
        var folder = $"{Root}/memorywatch-benchmarks-{Guid.NewGuid():N}";
        try
        {
            if (!File.Exists($"{Root}/memory.usage_in_bytes"))
            {
                return false;
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText($"{folder}/memory.limit_in_bytes", Limit.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not root, or mounted read-only.
            return false;
        }

        try
        {
            using var child = new ChildProgram(
                NearLimitChild.Name, folder, left.ToString(CultureInfo.InvariantCulture), turns.ToString(CultureInfo.InvariantCulture));
            var answer = child.ReadLine().Split(' ');
            (bare, record, how) = (double.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture), answer[2]);
            return true;
        }
        finally
        {
            // The cgroup stays busy for a moment after its last process has ended.
            SpinWait.SpinUntil(() => TryRemove(folder), TimeSpan.FromSeconds(10));
        }
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
