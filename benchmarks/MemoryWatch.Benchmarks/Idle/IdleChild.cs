using System.Globalization;
using System.Runtime.CompilerServices;
using MemoryWatch.Benchmarks.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryWatch.Benchmarks.Idle;

/// <summary>A program that does nothing, with a watch or without, and says what processor time that took.</summary>
internal static class IdleChild
{
    public const string Name = "idle";

    /// <summary>Nothing but a main thread that waits: all that the watch needs is loaded for its sake.</summary>
    public const string Bare = "bare";

    /// <summary>A web application without requests, which has most of it loaded anyway.</summary>
    public const string Web = "web";

    public const string WithWatch = "with";
    public const string WithoutWatch = "without";

    // Ten ticks a second at first: the watch then runs the code that it would run in an hour's time. The runtime compiles
    // what it runs three times: at the first call, after 30 calls to count in it, after 30 more for good.
    private static readonly TimeSpan SettlingInterval = TimeSpan.FromMilliseconds(100);

    /// <param name="args">Bare or web, with or without, the seconds to settle, the seconds to measure.</param>
    public static void Run(string[] args)
    {
        var isWatched = args[1] == WithWatch;
        Action slowDown = args[0] == Web ? StartWeb(isWatched) : isWatched ? StartBare() : static () => { };
        using var never = new ManualResetEvent(false);
        never.WaitOne(Seconds(args[2]));
        slowDown();

        var before = Environment.CpuUsage.TotalTime;
        never.WaitOne(Seconds(args[3]));
        Console.WriteLine((Environment.CpuUsage.TotalTime - before).Ticks.ToString(CultureInfo.InvariantCulture));

        // Its memory is read from outside while it waits here.
        Console.ReadLine();
    }

    // Each apart, so that a process loads only what it uses.
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
