namespace DownloaderBot.Chat;

/// <summary>The user blocked the bot, or the account no longer exists, so the bot cannot reply.</summary>
internal sealed class UserGoneException(long userId, Exception? inner = null)
    : Exception($"User {userId} cannot be reached.", inner);
