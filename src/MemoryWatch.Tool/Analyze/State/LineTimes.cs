using System.Globalization;

namespace MemoryWatch.Tool.Analyze;

/// <summary>How times of a log are shown: with as much of a date as the log has.</summary>
internal static class LineTimes
{
    public static string? Show(LogTime? time)
    {
        if (time is not { } known)
            return null;

        var at = new DateTime(Math.Clamp(known.Ticks, 0, DateTime.MaxValue.Ticks));
        var text = known.Date switch
        {
            LogDate.Full => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            LogDate.Yearless => at.ToString("MMM d HH:mm:ss", CultureInfo.InvariantCulture),
            _ => at.Ticks < TimeSpan.TicksPerDay
                ? at.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss} (day {(at.Ticks / TimeSpan.TicksPerDay) + 1})"),
        };
        return known.IsUtc ? $"{text} UTC" : text;
    }
}
