using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace MemoryWatch.Benchmarks.Web;

/// <summary>A web application on the loopback interface, with or without a watch.</summary>
internal static class WebProgram
{
    public static WebApplication Build(bool isWatched, TimeSpan interval)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // As in production, neither the framework nor the watch logs a line per request. Standard output is for answers.
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("MemoryWatch", LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (isWatched)
        {
            AddWatch(builder.Services, interval);
        }

        return builder.Build();
    }

    // A separate method, so that a process without the watch does not load the library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddWatch(IServiceCollection services, TimeSpan interval) => services.AddMemoryWatch(options =>
    {
        options.Interval = interval;
        options.EnableCollectionWhenHigh = false;
    });
}
