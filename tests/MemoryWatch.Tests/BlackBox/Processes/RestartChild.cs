using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// A program with a host whose memory is imminent from its start, because its limit is what it uses. It accepts jobs until it is told to take no more,
/// and prints each when it accepts it and when it has done it, and each line of the watch.
/// </summary>
internal static class RestartChild
{
    public const string Name = "restart";
    public const string Idle = "idle";
    public const string Work = "work";
    public const string Stuck = "stuck";
    public const string Waiting = "waiting";
    public const string HangingHost = "hanging-host";
    public const string ByDefault = "by-default";

    /// <param name="args">The black box, and how it behaves.</param>
    public static int Run(string[] args)
    {
        var how = args[1];
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(new LinePrinter());
        builder.Services.AddMemoryWatch(options =>
            {
                // The numbers of the start must not decide.
                options.Limit = how == Idle ? default(MemorySize?) : new MemorySize(Math.Max(16 << 20, Environment.WorkingSet / 2));
                (options.Interval, options.EnableCollectionWhenHigh, options.Relief.TrimNativeHeap) = (TimeSpan.FromMilliseconds(100), false, false);
            })
            .AddBlackBox(args[0])
            .AddDrainedRestart(restart =>
            {
                (restart.DrainTimeout, restart.StopTimeout) = (TimeSpan.FromSeconds(how == Stuck ? 1 : 20), TimeSpan.FromSeconds(how == HangingHost ? 1 : 30));
                restart.MinimumUptime = how == ByDefault ? restart.MinimumUptime : TimeSpan.FromSeconds(1);
            });
        builder.Services.AddHostedService(provider => new Jobs(provider.GetRequiredService<IMemoryWatch>(), how));
        using var host = builder.Build();
        host.Run();

        // As most programs do whose Main returns a number.
        return 0;
    }

    private static void Print(string line)
    {
        lock (Console.Out)
        {
            Console.WriteLine(line);
            Console.Out.Flush();
        }
    }

    private sealed class Jobs(IMemoryWatch watch, string how) : BackgroundService
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
        private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(250);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            Print("ready");
            if (how is Stuck or Waiting)
            {
                watch.Track("Download", "User 5");
            }

            for (var i = 0; how != Idle && !watch.Draining.IsCancellationRequested && !stoppingToken.IsCancellationRequested; i++)
            {
                _ = WorkAsync(i);
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }

        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            if (how == HangingHost)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            }

            await base.StopAsync(cancellationToken);
        }

        private async Task WorkAsync(int number)
        {
            using var job = watch.Track("Job", $"Number {number}");
            Print($"accepted {number}");
            await Task.Delay(Length, TimeProvider.System);
            Print($"done {number}");
        }
    }

    private sealed class LinePrinter : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Print(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
