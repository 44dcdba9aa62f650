using DownloaderBot.Commands;
using DownloaderBot.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// At the start: asks whom the token is of, so that a wrong one ends the program at once, and shows the commands that
/// everybody may give in the users' menu. That Telegram is away ends nothing: it will come back.
/// </summary>
internal sealed class TelegramStart(BotApi api, IEnumerable<ICommand> commands, ILogger<TelegramStart> logger) : IHostedService
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
