using System.Text;
using DownloaderBot.Local.Page;
using DownloaderBot.Logging;
using DownloaderBot.Scenarios;
using DownloaderBot.Telegram;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace DownloaderBot;

internal static class Program
{
    public static Task<int> Main(string[] args) => RunAsync(args);

    /// <summary>Runs the program until it is stopped; returns its exit code.</summary>
    /// <inheritdoc cref="BotHost.Build"/>
    internal static async Task<int> RunAsync(
        string[] args, Action<WebApplicationBuilder>? change = null, TelegramBuild? telegram = null)
    {
        // Snapshots contain non-ASCII characters.
        Console.OutputEncoding = Encoding.UTF8;
        try
        {
            await using var app = BotHost.Build(args, change, telegram);
            await app.StartAsync();
            app.Logger.Listening(string.Join(", ", app.Urls));
            if (app.Services.GetService<PageFeed>() is not null)
            {
                app.Logger.LocalChatAt(ListenAddress.OnThisMachine(app.Urls.First()));
            }

            await StoppedAsync(app);

            // If the program stopped because a part of it failed, the exit code must show that; otherwise the host would not restart it.
            return app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(part => part.ExecuteTask?.IsFaulted == true)
                ? 1
                : app.Services.GetService<ScenarioRunner>()?.ExitCode ?? 0;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures));
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Set PORT to another one.");
        }
        catch (InvalidOperationException exception)
        {
            // A setting does not fit its type, or PORT is not a port; the message names it.
            await Console.Error.WriteLineAsync(exception.Message);
        }

        return 1;
    }

    private static async Task StoppedAsync(WebApplication app)
    {
        try
        {
            await app.WaitForShutdownAsync();
        }
        catch (Exception exception)
        {
            // A part that cannot stop, or not in time, has been left behind by now. If the exception went on, the stop that somebody asked for
            // would end as a crash.
            app.Logger.NotStopped(RedactedException.Of(exception));
        }
    }
}
