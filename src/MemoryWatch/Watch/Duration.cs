using System.Globalization;

namespace MemoryWatch.Watch;

/// <summary>Parses the forms of a time that settings allow.</summary>
internal static class Duration
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("min", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
    ];

    // Not the framework's free form, which reads 24:00:00 as 24 days.
    private static readonly string[] ClockForms = ["c", @"h\:mm", @"h\:mm\:ss", @"d\:h\:mm\:ss"];

    /// <summary>
    /// Parses <c>00:05:00</c>, a number with <c>ms</c>, <c>s</c>, <c>min</c>, <c>m</c> or <c>h</c>, or a bare number of seconds (the framework's
    /// own parser would read days).
    /// </summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text.AsSpan().Trim(), ClockForms, CultureInfo.InvariantCulture, out duration);
        }

        duration = default;
        var number = text.AsSpan().Trim();
        var ticks = TimeSpan.TicksPerSecond;
        foreach (var (unit, unitTicks) in Units)
        {
            if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^unit.Length].TrimEnd();
                ticks = unitTicks;
                break;
            }
        }

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > TimeSpan.MaxValue.Ticks / ticks)
        {
            return false;
        }

        duration = new TimeSpan((long)(value * ticks));
        return true;
    }
}
