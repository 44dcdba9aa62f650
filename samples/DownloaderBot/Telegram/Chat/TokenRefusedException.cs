namespace DownloaderBot.Telegram.Chat;

/// <summary>The token is wrong, or was revoked: there is no bot without it, so the program ends with the message.</summary>
internal sealed class TokenRefusedException() : InvalidOperationException(
    $"Telegram refused the bot token: set {PlatformChoice.Token} to the one that @BotFather gave you.");
