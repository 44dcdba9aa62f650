namespace DownloaderBot.Users;

/// <summary>The bot's data about a user.</summary>
internal sealed record UserRecord(long Id)
{
    public bool IsLoggedIn { get; init; }

    /// <summary>End of the user's premium time, in whole seconds; <see langword="null"/> if the user was never premium.</summary>
    public DateTimeOffset? PremiumUntil { get; init; }

    /// <summary>Time of the user's last command, accurate to about ten minutes; in whole seconds.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    public bool IsPremiumAt(DateTimeOffset now) => PremiumUntil > now;
}
