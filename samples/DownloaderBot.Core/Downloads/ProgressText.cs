using System.Globalization;

namespace DownloaderBot.Downloads;

/// <summary>Formats the progress of a transfer: a bar, the average speed, and the time left at that speed.</summary>
internal static class ProgressText
{
    private const int Cells = 10;

    public static string Of(string title, long doneBytes, long totalBytes, TimeSpan elapsed)
    {
        var share = totalBytes > 0 ? Math.Clamp((double)doneBytes / totalBytes, 0, 1) : 1;
        var full = (int)(share * Cells);
        var bar = new string('▓', full) + new string('░', Cells - full);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{title}\n{bar} {Math.Floor(share * 100):0} % | {Text.Megabytes(doneBytes)} of {Text.Megabytes(totalBytes)}");
        return doneBytes <= 0 || elapsed <= TimeSpan.Zero ? line : line + Pace(doneBytes, totalBytes, elapsed);
    }

    private static string Pace(long doneBytes, long totalBytes, TimeSpan elapsed)
    {
        var perSecond = doneBytes / elapsed.TotalSeconds;
        var left = TimeSpan.FromSeconds(Math.Min(Math.Max(totalBytes - doneBytes, 0) / perSecond, TimeSpan.FromDays(1).TotalSeconds));
        var text = left >= TimeSpan.FromHours(1) ? $"{(int)left.TotalHours} h {left.Minutes} min"
            : left >= TimeSpan.FromMinutes(1) ? $"{left.Minutes} min {left.Seconds} s"
            : $"{(int)Math.Ceiling(left.TotalSeconds)} s";
        return $"\n{Text.Megabytes((long)perSecond)}/s, {text} left";
    }
}
