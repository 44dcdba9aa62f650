namespace DownloaderBot.Users;

/// <summary>What the bot knows of a user.</summary>
internal sealed record UserRecord(long Id)
{
    public bool IsLoggedIn { get; init; }

    /// <summary>Absent for who never was premium; kept in whole seconds.</summary>
    public DateTimeOffset? PremiumUntil { get; init; }

    /// <summary>When the user last gave a command, give or take ten minutes; kept in whole seconds.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    public bool IsPremiumAt(DateTimeOffset now) => PremiumUntil > now;
}
