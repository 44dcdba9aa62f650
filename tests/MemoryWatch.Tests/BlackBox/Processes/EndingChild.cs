using System.Runtime.InteropServices;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>A program with a watch that ends as it is told, with one operation in flight.</summary>
internal static class EndingChild
{
    public const string Name = "end";

    /// <param name="args">The black box, how to end, and perhaps an exit code.</param>
    public static int Run(string[] args)
    {
        using var log = new LogCapture();
        var watch = MemoryWatcher.Start(builder => builder.AddBlackBox(args[0]), log);
        watch.Track("Download", "User 5");
        switch (args[1])
        {
            case "return":
                return int.Parse(args[2], null);
            case "exit":
                Environment.Exit(int.Parse(args[2], null));
                break;
            case "stop and return":
                watch.Dispose();
                return int.Parse(args[2], null);
            case "throw":
                throw new InvalidOperationException("Nobody\ncaught me");
            case "throw elsewhere":
                var thread = new Thread(() => throw new InvalidOperationException("Nobody\ncaught me"));
                thread.Start();
                thread.Join();
                break;
            case "stop and throw":
                watch.Dispose();
                throw new InvalidOperationException("Nobody\ncaught me");
            case "fail fast":
                Environment.FailFast("On purpose");
                break;
            case "overflow":
                return Deeper(1);
            case "run out of memory":
                Fill();
                break;
            case "let a child be killed and fail fast":
                // Reads a line without an end into memory, until the kernel kills it.
                using (var child = System.Diagnostics.Process.Start("tail", "/dev/zero"))
                {
                    child.WaitForExit();
                }

                Environment.FailFast("On purpose");
                break;
            case "burst":
                Burst();
                break;
            case "survive":
                Survive(watch);
                break;
            case "let a child grow and wait":
                // What the operation in flight takes itself is little.
                GC.KeepAlive(new byte[5 << 20]);
                HoldInChild(watch, log);
                break;
            case "grow and wait":
                GC.KeepAlive(Hold(watch, int.Parse(args[2], null)));
                break;
            case "wait":
                Console.WriteLine("ready");
                Console.ReadLine();
                watch.Dispose();
                break;
            default:
                return 2;
        }

        return 0;
    }

    /// <summary>Fills memory faster than any reading.</summary>
    private static unsafe void Burst()
    {
        while (true)
        {
            new Span<byte>(NativeMemory.Alloc(1 << 20), 1 << 20).Fill(1);
        }
    }

    /// <summary>Runs out of memory, goes on for a few seconds, and waits to be killed.</summary>
    private static void Survive(MemoryWatcher watch)
    {
        try
        {
            Fill();
        }
        catch (OutOfMemoryException)
        {
            // That is what is tried.
        }

        var thrown = TimeProvider.System.GetUtcNow();
        Recorded(watch, () => watch.Current.Time - thrown > TimeSpan.FromSeconds(2));
        Console.WriteLine("ready");
        using var never = new ManualResetEvent(false);
        never.WaitOne();
    }

    /// <summary>Holds memory until the watch has recorded it, and waits to be killed.</summary>
    private static unsafe byte[] Hold(MemoryWatcher watch, int megabytes)
    {
        new Span<byte>(NativeMemory.Alloc((nuint)megabytes << 20), megabytes << 20).Fill(1);
        Recorded(watch, () => watch.Current.Process.ResidentBytes >= (long)megabytes << 20);
        Console.WriteLine("ready");
        using var never = new ManualResetEvent(false);
        never.WaitOne();
        return [];
    }

    /// <summary>Waits until the watch has seen something, and for one more tick, because a snapshot is current before it is recorded.</summary>
    private static void Recorded(MemoryWatcher watch, Func<bool> isSeen)
    {
        Deadline.Until(isSeen, "the watch sees it");
        var at = watch.Current.Time;
        Deadline.Until(() => watch.Current.Time > at, "its tick is over");
    }

    /// <summary>
    /// Lets a child read a line without an end into memory, waits until the watch has seen it, prints whom it names, and waits to be killed. The child
    /// ends with this process.
    /// </summary>
    private static void HoldInChild(MemoryWatcher watch, LogCapture log)
    {
        const string Named = "Others in this container";
        using var child = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", ["-c", "(head -c 180000000 /dev/zero; cat) | tail > /dev/null"]) { RedirectStandardInput = true })!;
        Recorded(watch, () => watch.Current.Container.UsageBytes >= 180_000_000 && log.Lines.Any(line => line.Text.Contains(Named)));
        foreach (var line in log.Lines.SelectMany(line => line.Text.Split('\n')).Where(line => line.Contains(Named)))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine("ready");
        using var never = new ManualResetEvent(false);
        never.WaitOne();
    }

    private static int Deeper(int depth) => Deeper(depth + 1) + Deeper(depth + 2);

    private static void Fill()
    {
        var held = new LinkedList<byte[]>();
        while (true)
        {
            held.AddLast(new byte[100_000]);
        }
    }
}
