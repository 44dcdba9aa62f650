using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DownloaderBot.Tests.Secrets;

/// <summary>A bot that logs everything of every category, with its console and all exceptions listened to.</summary>
internal sealed class TalkativeBot : IAsyncDisposable
{
    private readonly TextWriter _consoleBefore = Console.Out;
    private readonly StringWriter _console = new();
    private readonly ConcurrentQueue<string> _exceptions = new();

    private TalkativeBot()
    {
        Console.SetOut(TextWriter.Synchronized(_console));
        AppDomain.CurrentDomain.FirstChanceException += Note;
    }

    public required RunningBot Bot { get; init; }

    /// <summary>Everything thrown anywhere, caught or not.</summary>
    public string Exceptions => string.Join('\n', _exceptions);

    public static async Task<TalkativeBot> StartAsync(Action<IServiceCollection>? change = null, params string[] settings)
    {
        RunningBot? bot = null;
        var talkative = new TalkativeBot
        {
            Bot = bot = await RunningBot.StartAsync(
                [$"--Local:Password={Canaries.Password}", "--Bot:AdminIds=7", "--Bot:FailureBurst=100", .. settings],
                services =>
                {
                    services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)
                        .AddFilter(null, LogLevel.Trace).AddFilter("Microsoft", LogLevel.Trace).AddFilter("System.Net.Http", LogLevel.Trace));
                    change?.Invoke(services);
                }),
        };
        if (bot.Has<LocalLogins>())
        {
            bot.Get<LocalLogins>().NextCode = () => Canaries.Code;
        }

        bot.Get<ILoggerFactory>().CreateLogger("Test").LogTrace("Everything is logged");
        return talkative;
    }

    public async Task ShouldHaveKeptItsSecretsAsync(params VirtualUser[] users)
    {
        await Canaries.ShouldBeNowhereAsync(Bot, _console.ToString(), users);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Note;
        await Bot.DisposeAsync();
        Console.SetOut(_consoleBefore);
        await _console.DisposeAsync();
    }

    private void Note(object? sender, FirstChanceExceptionEventArgs args) => _exceptions.Enqueue(args.Exception.ToString());
}
