using System.Globalization;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Benchmarks.Idle;

/// <summary>A program that does nothing, with a watch or without, and says what processor time that took.</summary>
internal static class IdleChild
{
    public const string Name = "idle";
    public const string WithWatch = "with";
    public const string WithoutWatch = "without";

    /// <param name="args">With or without, then the seconds to settle and the seconds to measure.</param>
    public static void Run(string[] args)
    {
        using var never = new ManualResetEvent(false);
        var isWatched = args[0] == WithWatch;
        if (isWatched)
        {
            StartWatch();
        }

        never.WaitOne(Seconds(args[1]));
        if (isWatched)
        {
            SlowDown();
        }

        var before = Environment.CpuUsage.TotalTime;
        never.WaitOne(Seconds(args[2]));
        Console.WriteLine((Environment.CpuUsage.TotalTime - before).Ticks.ToString(CultureInfo.InvariantCulture));

        // Its memory is read from outside while it waits here.
        Console.ReadLine();
    }

    private static MemoryWatcher? Watch { get; set; }

    // Apart, so that a process without the watch does not even load the library. Ten ticks a second at first: the watch
    // then runs the code that it would run in an hour's time, not what the runtime compiles in haste for the first 30 calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StartWatch() => Watch = MemoryWatcher.Start(options => options.Interval = TimeSpan.FromMilliseconds(100));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SlowDown() => Watch!.Update(new() { Interval = TimeSpan.FromSeconds(1) });

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
