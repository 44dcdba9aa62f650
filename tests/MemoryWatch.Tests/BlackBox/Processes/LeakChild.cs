using System.Globalization;
using System.Runtime.InteropServices;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// A program with native memory whose heap leaks until an allocation fails. It then drops what it holds, prints <c>survived</c>, and goes on.
/// </summary>
internal static class LeakChild
{
    public const string Name = "leak";
    public const string WithLimit = "with-limit";

    private const int Megabyte = 1 << 20;

    // Some 25 MB a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <param name="args">Whether the heap is limited, and how many megabytes of native memory there are.</param>
    public static int Run(string[] args)
    {
        for (var i = int.Parse(args[1], null); i > 0; i--)
        {
            Take();
        }

        using var loggers = new Support.LogCapture();
        using var watch = MemoryWatcher.Start(
            builder => builder.Configure(options => (options.HeapLimit.Enabled, options.Interval) = (args[0] == WithLimit, TimeSpan.FromMilliseconds(100))),
            loggers);
        var share = Leak();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"survived, {share:0} % of its last second in GCs"));
        foreach (var line in loggers.Lines.Where(line => line.Text.StartsWith("GC heap limit", StringComparison.Ordinal)))
        {
            Console.WriteLine(line.Text);
        }

        return 0;
    }

    /// <returns>The part of the last second that GCs paused it, in percent.</returns>
    private static double Leak()
    {
        using var never = new ManualResetEvent(false);
        var held = new List<byte[]>(1024);
        var last = new Queue<(long Time, TimeSpan Pause)>(1024);
        try
        {
            while (true)
            {
                var block = new byte[Megabyte];
                Array.Fill(block, (byte)1);
                held.Add(block);
                last.Enqueue((TimeProvider.System.GetTimestamp(), GC.GetTotalPauseDuration()));
                while (TimeProvider.System.GetElapsedTime(last.Peek().Time) > TimeSpan.FromSeconds(1))
                {
                    last.Dequeue();
                }

                never.WaitOne(Pause);
            }
        }
        catch (OutOfMemoryException)
        {
            held.Clear();
            var first = last.Peek();
            return (GC.GetTotalPauseDuration() - first.Pause) / TimeProvider.System.GetElapsedTime(first.Time) * 100;
        }
    }

    private static unsafe void Take() => new Span<byte>(NativeMemory.Alloc(Megabyte), Megabyte).Fill(1);
}
