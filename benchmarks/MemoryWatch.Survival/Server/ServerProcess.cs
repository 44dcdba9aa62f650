using System.Globalization;
using MemoryWatch.Survival.Overloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace MemoryWatch.Survival.Server;

/// <summary>
/// The server that works through the jobs: accepted over HTTP, queued, worked on, kept as results. It reports each finished job by a line on the
/// standard output; its log goes to the standard error.
/// </summary>
internal static class ServerProcess
{
    public const string Command = "serve";
    public const string Ready = "ready";
    public const string Done = "done ";

    private const int ReferenceBytes = 24 << 20;
    private const int ReferencePiece = 200;

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string overload, string pace, string socket, string blackBox)
    {
        Console.SetOut(TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true }));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        var list = AllOverloads.Find(overload);
        builder.Services.AddSingleton(list);
        builder.Services.AddSingleton(new Pace(double.Parse(pace, CultureInfo.InvariantCulture)));
        builder.Services.AddSingleton<JobQueue>().AddSingleton<SessionStore>().AddSingleton<JobDesk>().AddMemoryCache();
        builder.Services.AddSingleton<Workers>().AddHostedService(services => services.GetRequiredService<Workers>());
        builder.Services.AddWatch(blackBox, list);

        await using var app = builder.Build();
        using var reference = Block.Take(new(ReferenceBytes), ReferencePiece);
        app.MapPost("/jobs/{id:int}/{user:int}", static (int id, int user, JobDesk desk, HttpResponse response) => desk.Accept(id, user, response));
        app.MapHealthChecks("/health");
        await app.StartAsync();
        await Console.Out.WriteLineAsync(Ready);
        await app.WaitForShutdownAsync();

        // A worker that failed stops the host; the exit code has to show that.
        return app.Services.GetRequiredService<Workers>().ExecuteTask?.IsFaulted == true ? 1 : Environment.ExitCode;
    }
}
