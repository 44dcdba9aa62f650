using System.Globalization;
using MemoryWatch.Read;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Benchmarks.Web;

/// <summary>
/// A web application with a watch that has each endpoint several times: plain, and with something added. All run in one process because two
/// processes of one program differ by more than the cost of an operation.
/// </summary>
internal static class WebChild
{
    public const string Name = "web";
    public const string Plain = "plain";
    public const string Yardstick = "yardstick";
    public const string Readings = "readings";
    public const string Unmetered = "unmetered";
    public const string Tracked = "tracked";
    public const string Requests = "requests";
    public const string Trivial = "trivial";
    public const string Work = "work";

    /// <summary>Microseconds of plain work that serve as the reference.</summary>
    public const int YardstickMicroseconds = 5;

    /// <summary>The line that requests the processor time it has used, in ticks.</summary>
    public const string AskCpu = "cpu";

    /// <param name="args">Number of rounds of work per millisecond.</param>
    public static void Run(string[] args)
    {
        var rounds = int.Parse(args[0], CultureInfo.InvariantCulture);
        var app = WebProgram.Build(isWatched: true, TimeSpan.FromSeconds(1));
        var watch = app.Services.GetRequiredService<IMemoryWatch>();
        using var reader = new LinuxReader(TimeProvider.System);

        // A watch reads at creation whether to charge operations. This one does not start, because one thread that reads is enough.
        using var unmetered = new MemoryWatcher(new() { EnableAllocationTracking = false }, app.Services.GetRequiredService<ILoggerFactory>());
        app.UseWhen(context => context.Request.Path.StartsWithSegments($"/{Requests}"), branch => branch.UseMemoryWatchRequests());
        Map(Trivial, static context => context.Response.WriteAsync("ok"));
        Map(Work, context => WorkAsync(context, rounds));
        app.Start();
        Console.WriteLine(app.Urls.Single());
        while (Console.ReadLine() == AskCpu)
        {
            Console.WriteLine(Environment.CpuUsage.TotalTime.Ticks.ToString(CultureInfo.InvariantCulture));
        }

        void Map(string name, RequestDelegate handler)
        {
            app.MapGet($"/{Plain}/{name}", async context => await handler(context).ConfigureAwait(false));
            app.MapGet($"/{Yardstick}/{name}", async context =>
            {
                BusyWork.Run(rounds * YardstickMicroseconds / 1000);
                await handler(context).ConfigureAwait(false);
            });
            app.MapGet($"/{Readings}/{name}", async context =>
            {
                reader.ReadResidentBytes();
                await handler(context).ConfigureAwait(false);
                reader.ReadResidentBytes();
            });
            MapTracked(app, $"/{Unmetered}/{name}", unmetered, handler);
            MapTracked(app, $"/{Tracked}/{name}", watch, handler);
            app.MapGet($"/{Requests}/{name}", async context => await handler(context).ConfigureAwait(false));
        }
    }

    private static void MapTracked(WebApplication app, string path, IMemoryWatch watch, RequestDelegate handler) =>
        app.MapGet(path, async context =>
        {
            using var scope = watch.Track("Request", context.Request.Path.Value);
            await handler(context).ConfigureAwait(false);
        });

    /// <summary>Does a millisecond of work with a wait in the middle, so that it continues on another thread, as requests do.</summary>
    private static async Task WorkAsync(HttpContext context, int rounds)
    {
        var result = BusyWork.Run(rounds / 2);
        await Task.Yield();
        result ^= BusyWork.Run(rounds / 2);
        await context.Response.WriteAsync(result == 0 ? "none" : "ok").ConfigureAwait(false);
    }
}
