using System.Globalization;
using System.Runtime.CompilerServices;
using MemoryWatch.Benchmarks.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryWatch.Benchmarks.Idle;

/// <summary>An idle program, with or without a watch, that prints the processor time it used.</summary>
internal static class IdleChild
{
    public const string Name = "idle";

    /// <summary>Only a main thread that waits: everything that the watch needs is loaded only for the watch.</summary>
    public const string Bare = "bare";

    /// <summary>A web application without requests, which already loads most of what the watch needs.</summary>
    public const string Web = "web";

    public const string WithWatch = "with";
    public const string WithoutWatch = "without";

    // Ten ticks per second at first, so that the watch runs the code that it would run an hour later. The runtime compiles a method three times:
    // at the first call, after 30 calls to count in it, and after 30 more for the final code.
    private static readonly TimeSpan SettlingInterval = TimeSpan.FromMilliseconds(100);

    // The change of the interval runs code for the first time, and the runtime works on that for some 100 ms longer.
    private static readonly TimeSpan AfterUpdate = TimeSpan.FromSeconds(1);

    /// <param name="args">Bare or web, with or without a watch, the seconds to settle, the seconds to measure.</param>
    public static void Run(string[] args)
    {
        var isWatched = args[1] == WithWatch;
        Action slowDown = args[0] == Web ? StartWeb(isWatched) : isWatched ? StartBare() : static () => { };
        using var never = new ManualResetEvent(false);
        never.WaitOne(Seconds(args[2]));
        slowDown();
        never.WaitOne(AfterUpdate);

        var before = Environment.CpuUsage.TotalTime;
        never.WaitOne(Seconds(args[3]));
        Console.WriteLine((Environment.CpuUsage.TotalTime - before).Ticks.ToString(CultureInfo.InvariantCulture));

        // The parent process reads this process's memory while it waits here.
        Console.ReadLine();
    }

    // Separate methods, so that a process loads only the code that it uses.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Action StartWeb(bool isWatched)
    {
        var app = WebProgram.Build(isWatched, SettlingInterval);
        app.Start();
        return isWatched ? () => SlowDown(app.Services) : () => GC.KeepAlive(app);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Action StartBare()
    {
        var watch = MemoryWatcher.Start(builder => builder.Configure(options => options.Interval = SettlingInterval));
        return () => watch.Update(new());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SlowDown(IServiceProvider services) => services.GetRequiredService<MemoryWatcher>().Update(new());

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
