using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// A program that uses its heap in one of several ways, with a watch. It prints the first line of each alert at the moment when the watch logs it,
/// and <c>exception</c> when an allocation fails. Its time is <see cref="PlayedTime"/> unless it is told to run in real time.
/// </summary>
internal static class HeapChild
{
    public const string Name = "heap";
    public const string InRealTime = "in real time";

    private const int Megabyte = 1 << 20;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(6);

    // As often as the watch's own pacer looks at the heap.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    // Shorter rests than this take longer than they should.
    private static readonly TimeSpan RealStep = TimeSpan.FromMilliseconds(20);

    /// <param name="args">What it does, the size of its pieces in bytes, how many megabytes it allocates per second, and perhaps that time is real.</param>
    public static int Run(string[] args)
    {
        var (piece, megabytes) = (int.Parse(args[1], null), int.Parse(args[2], null));
        if (args is [.., InRealTime])
        {
            using var loggers = new LoggerFactory([new AlertPrinter()]);
            using var watch = MemoryWatcher.Start(static _ => { }, loggers);
            using var never = new ManualResetEventSlim();
            return Run(args[0], watch, piece, new(megabytes, RealStep, rest => never.Wait(rest)));
        }

        using var played = new PlayedTime(new AlertPrinter());
        return Run(args[0], played.Watch, piece, new(megabytes, Step, played.Pass));
    }

    private static int Run(string what, MemoryWatcher watch, int piece, Pace pace)
    {
        switch (what)
        {
            case "churn":
                Churn(piece, pace);
                break;
            case "hold":
                Hold(piece, pace);
                break;
            case "small-then-large":
                SmallThenLarge(piece, pace);
                break;
            case "free":
                Free(watch, piece, pace);
                break;
            default:
                return 2;
        }

        Print("done");
        return 0;
    }

    /// <summary>Keeps the last 60 MB of what it allocates, and so has 60 MB of live objects and much garbage.</summary>
    private static void Churn(int piece, Pace pace)
    {
        var kept = new Queue<byte[]>();
        var count = 60L * Megabyte / piece;
        while (pace.Elapsed < Long)
        {
            kept.Enqueue(new byte[piece]);
            if (kept.Count > count)
            {
                kept.Dequeue();
            }

            pace.Took(piece);
        }
    }

    /// <summary>Keeps everything until an allocation fails.</summary>
    private static void Hold(int piece, Pace pace)
    {
        var kept = new List<byte[]>();
        try
        {
            while (true)
            {
                kept.Add(new byte[piece]);
                pace.Took(piece);
            }
        }
        catch (OutOfMemoryException)
        {
            Print("exception");
            GC.KeepAlive(kept);
        }
    }

    /// <summary>Fills the heap with small objects, drops them, and then keeps large ones.</summary>
    private static void SmallThenLarge(int piece, Pace pace)
    {
        Fill(130);
        Hold(piece, pace);
    }

    /// <summary>Fills the heap until memory is critical, and then drops everything.</summary>
    private static void Free(MemoryWatcher watch, int piece, Pace pace)
    {
        var kept = new List<byte[]>();
        while (watch.Current.Zone < MemoryZone.Critical)
        {
            kept.Add(new byte[piece]);
            pace.Took(piece);
        }

        kept.Clear();
        GC.Collect();
        Print("freed");
        var at = watch.Current.Time;
        while (watch.Current.Time == at)
        {
            pace.Took(Megabyte);
        }

        Print($"zone {watch.Current.Zone}");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Fill(int megabytes)
    {
        var kept = new List<byte[]>();
        for (var bytes = 0L; bytes < (long)megabytes * Megabyte; bytes += 200)
        {
            kept.Add(new byte[176]);
        }

        GC.KeepAlive(kept);
    }

    private static void Print(string line)
    {
        lock (Console.Out)
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>Lets as much time pass as a program takes that allocates a number of megabytes per second.</summary>
    private sealed class Pace(int megabytesPerSecond, TimeSpan step, Action<TimeSpan> pass)
    {
        private long _bytes;

        public TimeSpan Elapsed { get; private set; }

        public void Took(int bytes)
        {
            _bytes += bytes;
            for (var each = (long)(megabytesPerSecond * step.TotalSeconds * Megabyte); _bytes >= each; _bytes -= each)
            {
                pass(step);
                Elapsed += step;
            }
        }
    }

    private sealed class AlertPrinter : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
            // Nothing is held.
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id is (>= 20 and < 30) or >= 60)
            {
                Print(formatter(state, exception).Split('\n')[0]);
            }
        }
    }
}
