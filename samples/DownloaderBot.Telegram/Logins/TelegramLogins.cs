using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Sessions;
using TL;

namespace DownloaderBot.Telegram.Logins;

/// <summary>The login port on Telegram.</summary>
internal sealed class TelegramLogins(
    TelegramClients clients, SessionOpener opener, SessionVault vault, TelegramSessionOptions options, TelegramTimeouts timeouts,
    TimeProvider time, LogCleaner cleaner, ILogger<TelegramLogins> logger) : IUserLogins
{
    public async Task WarmUpAsync(CancellationToken cancel)
    {
        // A client without an account: its key exchange and first call are what costs.
        await using var connection = await clients.ConnectAsync(start: null, keep: null, static _ => Task.CompletedTask, cancel);
    }

    public async Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel)
    {
        var login = new TelegramLogin(userId, phone, clients, vault, options, timeouts, time, cleaner, logger);
        try
        {
            await login.BeginAsync(cancel);
            return login;
        }
        catch
        {
            await login.DisposeAsync();
            throw;
        }
    }

    public async Task ForgetAsync(long userId, CancellationToken cancel)
    {
        try
        {
            await using var connection = await opener.OpenAsync(userId, cancel);
            await connection.CallAsync(client => client.Auth_LogOut(), cancel);
        }
        catch (SessionEndedException)
        {
            // The session had already ended.
        }
        catch (Exception exception) when (exception is BotException or RpcException)
        {
            throw new BotException(
                "I have deleted your session, but could not tell Telegram. Please end it there too: "
                + $"Settings, Devices, {TelegramClients.DeviceName}.",
                exception);
        }
        finally
        {
            vault.Delete(userId);
        }
    }
}
