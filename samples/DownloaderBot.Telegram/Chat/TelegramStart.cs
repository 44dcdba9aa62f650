using DownloaderBot.Commands;
using DownloaderBot.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// At the start, checks which bot the token belongs to, so that a wrong token ends the program at once, and sets the users' menu to the commands
/// that all users may use. If Telegram is unavailable, the program continues.
/// </summary>
internal sealed class TelegramStart(BotApi api, IEnumerable<Command> commands, ILogger<TelegramStart> logger) : IHostedService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var me = await api.OnceAsync((bot, call) => bot.GetMe(call.Token), Limit, cancellationToken);
            logger.TelegramAs(me.Username ?? string.Empty);
            await ShowCommandsAsync(cancellationToken);
        }
        catch (BotApiException exception)
        {
            logger.TelegramNotReady(exception.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<bool> ShowCommandsAsync(CancellationToken cancel) => api.OnceAsync(async (bot, call) =>
    {
        await bot.SetMyCommands(
            commands.Where(c => !c.ForAdmins).Select(c => new BotCommand(c.Name, c.Summary)), cancellationToken: call.Token);
        return true;
    }, Limit, cancel);
}
