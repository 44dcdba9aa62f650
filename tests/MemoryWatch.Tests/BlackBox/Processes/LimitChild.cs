using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>A program that prints the GC's and the container's limit, and again when the container's has changed.</summary>
internal static class LimitChild
{
    public const string Name = "limit";

    public static int Run()
    {
        using var log = new LogCapture();
        using var watch = MemoryWatcher.Start(builder => builder.Configure(o => o.Interval = TimeSpan.FromMilliseconds(100)), log);
        Deadline.Until(() => watch.Current.Usage.LimitBytes is not null, "the watch reads");
        Print(watch);
        Deadline.Until(() => log.Lines.Any(line => line.Text.StartsWith("The container's memory limit changed", StringComparison.Ordinal)), "the watch sees it");
        Console.WriteLine(log.Lines.Single(line => line.Text.StartsWith("The container's memory limit changed", StringComparison.Ordinal)).Text);
        Print(watch);
        return 0;
    }

    private static void Print(MemoryWatcher watch) => Console.WriteLine(
        $"{GC.GetGCMemoryInfo(GCKind.Any).TotalAvailableMemoryBytes >> 20} MB of {watch.Current.Usage.LimitBytes >> 20} MB");
}
