using System.Globalization;

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

internal static class UserId
{
    /// <summary>Parses the number of a user on the platform; <see langword="null"/> if the text is not one.</summary>
    public static long? Parse(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
