using System.Globalization;

namespace DownloaderBot.Users;

internal static class UserId
{
    /// <summary>The number that a platform knows a user by, or null.</summary>
    public static long? Parse(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
