using Microsoft.Extensions.Options;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Checks at the start for problems that would otherwise affect every user.</summary>
internal sealed class TelegramSessionStart(SessionVault vault) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            vault.Open();
            return Task.CompletedTask;
        }
        catch (WrongSessionKeyException)
        {
            throw Stop(
                $"{TelegramSessionOptions.SessionKeyName} is not the key that the sessions in {vault.Folder} were encrypted with: "
                + "set that one again, or delete that folder and have everybody log in anew.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Stop(
                $"{vault.Folder} cannot be used for Telegram sessions: give this user the right to write there, or set Bot:DataFolder "
                + $"to a folder that it may write to. ({exception.Message})");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static OptionsValidationException Stop(string sentence) => new("Telegram", typeof(TelegramSessionOptions), [sentence]);
}
