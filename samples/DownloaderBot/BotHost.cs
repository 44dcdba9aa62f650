using DownloaderBot.Demo;
using DownloaderBot.Local;
using DownloaderBot.Local.Page;
using DownloaderBot.Logging;
using DownloaderBot.Scenarios;
using DownloaderBot.Storage;
using DownloaderBot.Telegram;
using DownloaderBot.Watching;

namespace DownloaderBot;

/// <summary>Builds the program.</summary>
internal static class BotHost
{
    public const string NoDemo = "--no-demo";

    /// <summary>Less than the 10 s after which <c>docker stop</c> kills, so that the rest of the end fits in too.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(9);

    // Free uptime monitors send HEAD.
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <param name="args">The command line.</param>
    /// <param name="change">Changes that a test makes; called last.</param>
    /// <param name="telegram">What is there of Telegram, if a test brings its own part of it.</param>
    public static WebApplication Build(
        string[] args, Action<WebApplicationBuilder>? change = null, TelegramBuild? telegram = null)
    {
        telegram ??= TelegramBuild.Compiled;
        string[] settings = [.. args.Where(a => a != NoDemo)];
        var scenario = ScenarioChoice.Read(settings);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = ContentRoot(args) });
        scenario?.AddSettings(builder.Configuration);
        var isTelegram = PlatformChoice.IsTelegram(builder.Configuration, telegram.IsComplete);
        var hasDemo = !isTelegram && scenario is null && !args.Contains(NoDemo);
        if (hasDemo)
        {
            DemoTour.AddSettings(builder.Configuration);
        }

        var options = BotOptions.Read(builder.Configuration);

        // The address already contains the ports. If they are set twice, the host logs a warning that the address takes precedence.
        builder.WebHost.UseUrls(ListenAddress.Choose(builder.Configuration)).UseSetting(WebHostDefaults.HttpPortsKey, string.Empty);
        builder.Logging.AddBotLogging(builder.Environment.ContentRootPath, ConsoleFormats.Choose(builder.Configuration));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        // The host starts what they add in this order and stops it in reverse, so the watch covers everything in between.
        builder.Services.AddWatch(options);
        if (isTelegram)
        {
            telegram.AddChat!(builder.Services, builder.Configuration);
            telegram.AddSessions!(builder.Services, builder.Configuration);
        }
        else
        {
            builder.Services.AddLocalPlatform(LocalOptions.Read(builder.Configuration));
        }

        builder.Services.AddHostedService<AlertSender>();
        builder.Services.AddBot(options);
        if (hasDemo)
        {
            builder.Services.AddHostedService<DemoTour>();
        }

        scenario?.AddServices(builder.Services, builder.Configuration);
        change?.Invoke(builder);
        var app = builder.Build();

        // Created now, so that an unusable database stops the program before anything has started.
        app.Services.GetRequiredService<Database>();

        if (FolderAdvice.For(options.DataPath(app.Environment), FolderAdvice.FileSystemOf) is { } advice)
        {
            app.Logger.FolderAdvice(advice);
        }

        app.UseRouting();
        app.UseWatch();

        // Hosts restart a service by the first endpoint, so it ignores memory; the second only keeps new work away.
        app.MapMethods("/health", ReadMethods, static () => Results.Ok());
        app.MapHealthChecks("/health/ready");
        if (!isTelegram)
        {
            app.MapLocalPage();
        }

        return app;
    }

    /// <summary>The folder of the settings: the current folder, or the program's folder if it is started from elsewhere.</summary>
    private static string? ContentRoot(string[] args) =>
        args.Contains("--contentRoot") || File.Exists("appsettings.json") ? null : AppContext.BaseDirectory;
}
