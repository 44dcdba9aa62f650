using DownloaderBot.Sessions;
using DownloaderBot.Telegram;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>The bot's Telegram sessions and nothing else of it, on the stand-in; one start of the program after another.</summary>
internal sealed class SessionsHost : IAsyncDisposable
{
    public const long UserId = 7;

    private readonly TempFolder _folder = new();
    private ServiceProvider _services;

    public SessionsHost(TelegramStandIn? server = null)
    {
        Server = server ?? new();
        _services = Build();
    }

    public TelegramStandIn Server { get; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public TelegramTimeouts Timeouts { get; set; } = new() { Pause = TimeSpan.FromMilliseconds(1) };

    public TelegramSessionOptions Options { get; set; } = null!;

    public LinesLog Log { get; } = new();

    public SessionVault Vault => Get<SessionVault>();

    public string File => Path.Combine(Vault.Folder, $"{UserId}.session");

    public IUserLogins Logins => Get<IUserLogins>();

    public static async Task<SessionsHost> StartAsync(TelegramStandIn? server = null)
    {
        var host = new SessionsHost(server);
        await host.RestartAsync();
        return host;
    }

    /// <summary>A host with a user who is logged in.</summary>
    public static async Task<SessionsHost> LoggedInAsync()
    {
        var host = await StartAsync();
        await host.LogInAsync();
        return host;
    }

    /// <summary>As a new process would: nothing is left but what is on the disk.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestTime.Limit);
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task LogInAsync(long userId = UserId)
    {
        await using var login = await Logins.BeginAsync(userId, "+" + Server.Account.Phone, TestTime.Limit);
        await login.AnswerAsync(Server.Account.Code, TestTime.Limit);
        login.Step.Should().Be(LoginStep.Done);
    }

    public Task<IUserSession> ConnectAsync(long userId = UserId) => Get<IUserSessionFactory>().LogInAsync(userId, TestTime.Limit);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private ServiceProvider Build()
    {
        Options ??= StandInOptions.For(Server);
        return new ServiceCollection()
            .AddSingleton(new BotOptions())
            .AddSingleton<IHostEnvironment>(new TestEnvironment(_folder.Path))
            .AddSingleton(Time)
            .AddSingleton(Timeouts)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddTelegramSessions(Options)
            .BuildServiceProvider();
    }
}
