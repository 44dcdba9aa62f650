namespace DownloaderBot.Users;

/// <summary>What the bot knows of a user.</summary>
internal sealed record UserRecord(long Id)
{
    public bool IsLoggedIn { get; init; }

    public bool IsPremium { get; init; }
}
