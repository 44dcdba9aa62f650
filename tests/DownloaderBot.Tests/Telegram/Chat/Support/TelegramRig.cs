using DownloaderBot.Chat;
using DownloaderBot.Storage;
using DownloaderBot.Telegram;
using DownloaderBot.Telegram.Chat;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>The chat on Telegram by itself, against a stand-in, on a clock of the test's.</summary>
internal sealed class TelegramRig : IAsyncDisposable
{
    private readonly LogLines _log = new();
    private readonly ServiceProvider _services;

    public TelegramRig(string server, string token, string folder, string? isTest = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new(PlatformChoice.Token, token), new(TelegramChatOptions.ServerName, server), new(TelegramChatOptions.TestName, isTest)]).Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(_ => new Database(folder));
        TelegramBuild.AddTelegramChat(services, TelegramChatOptions.Read(configuration));
        _services = services.BuildServiceProvider();
    }

    public WaitingTime Time { get; } = new();

    public IChat Chat => _services.GetRequiredService<IChat>();

    public Database Database => _services.GetRequiredService<Database>();

    public string[] Log => _log.All;

    public Task StartAsync() => _services.GetServices<IHostedService>().Single().StartAsync(TestTime.Limit);

    /// <summary>Reads so many messages, and no further: as a program does that dies then.</summary>
    public async Task<IncomingMessage[]> ReadAsync(int count)
    {
        var messages = new List<IncomingMessage>();
        await foreach (var message in Chat.ReadAsync(TestTime.Limit))
        {
            messages.Add(message);
            if (messages.Count == count)
            {
                break;
            }
        }

        return [.. messages];
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
