namespace DownloaderBot.Telegram.Chat;

/// <summary>The token is wrong or was revoked. The bot cannot run without it, so the program ends with this message.</summary>
internal sealed class TokenRefusedException() : InvalidOperationException(
    $"Telegram refused the bot token: set {PlatformChoice.Token} to the one that @BotFather gave you.");
