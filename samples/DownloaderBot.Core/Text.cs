using System.Globalization;

namespace DownloaderBot;

internal static class Text
{
    /// <summary>Formats bytes in megabytes: <c>45.3 MB</c>.</summary>
    public static string Megabytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MB");
}
