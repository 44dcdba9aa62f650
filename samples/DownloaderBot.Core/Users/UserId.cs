using System.Globalization;

namespace DownloaderBot.Users;

internal static class UserId
{
    /// <summary>Parses the number of a user on the platform; <see langword="null"/> if the text is not one.</summary>
    public static long? Parse(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
