using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryWatch.Benchmarks.Web;

/// <summary>
/// A web application with a watch, and each endpoint twice: plain, and with a scope around
/// it. Both in one process, for two processes of one program differ by more than a scope costs.
/// </summary>
internal static class WebChild
{
    public const string Name = "web";
    public const string Plain = "plain";
    public const string Tracked = "tracked";
    public const string Trivial = "trivial";
    public const string Work = "work";

    /// <summary>What to say to it for the processor time it has used, in ticks.</summary>
    public const string AskCpu = "cpu";

    /// <param name="args">How many rounds of work a millisecond takes.</param>
    public static void Run(string[] args)
    {
        var rounds = int.Parse(args[0], CultureInfo.InvariantCulture);
        var app = WebProgram.Build(isWatched: true, TimeSpan.FromSeconds(1));
        var watch = app.Services.GetRequiredService<IMemoryWatch>();
        Map(app, watch, Trivial, static context => context.Response.WriteAsync("ok"));
        Map(app, watch, Work, context => WorkAsync(context, rounds));
        app.Start();
        Console.WriteLine(app.Urls.Single());
        while (Console.ReadLine() == AskCpu)
        {
            Console.WriteLine(Environment.CpuUsage.TotalTime.Ticks.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Map(WebApplication app, IMemoryWatch watch, string name, RequestDelegate handler)
    {
        app.MapGet($"/{Plain}/{name}", async context => await handler(context).ConfigureAwait(false));
        app.MapGet($"/{Tracked}/{name}", async context =>
        {
            using var scope = watch.Track("Request", context.Request.Path.Value);
            await handler(context).ConfigureAwait(false);
        });
    }

    /// <summary>A millisecond's work with a wait in the middle of it, so that it goes on on another thread, as requests do.</summary>
    private static async Task WorkAsync(HttpContext context, int rounds)
    {
        var result = BusyWork.Run(rounds / 2);
        await Task.Yield();
        result ^= BusyWork.Run(rounds / 2);
        await context.Response.WriteAsync(result == 0 ? "none" : "ok").ConfigureAwait(false);
    }
}
