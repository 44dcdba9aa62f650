namespace MemoryWatch.Tool.Analyze;

/// <summary>How much of a date a time stamp has.</summary>
internal enum LogDate
{
    /// <summary>None: only the time of day.</summary>
    None,

    /// <summary>Month and day, as syslog writes it.</summary>
    Yearless,

    /// <summary>All of it.</summary>
    Full,
}

/// <summary>A time as a log shows it.</summary>
/// <param name="Ticks">As <see cref="DateTime.Ticks"/>; in UTC if the zone is known.</param>
/// <param name="Date">What it has of a date.</param>
/// <param name="IsUtc">Whether the log names the zone.</param>
internal readonly record struct LogTime(long Ticks, LogDate Date, bool IsUtc);
