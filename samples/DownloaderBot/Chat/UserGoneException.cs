namespace DownloaderBot.Chat;

/// <summary>The user blocked the bot, or the account is no more: there is nobody to reply to.</summary>
internal sealed class UserGoneException(long userId, Exception? inner = null)
    : Exception($"User {userId} cannot be reached.", inner);
