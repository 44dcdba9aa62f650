namespace MemoryWatch.Tool.Analyze;

/// <summary>Reads the time stamps that loggers and hosts put before a line.</summary>
internal static class TimeStamp
{
    // A leap year, so that February 29 exists.
    private const int YearOfYearless = 4;
    private const int ClockLength = 8;

    /// <summary>Reads the time stamp at the beginning of a text.</summary>
    /// <returns>Its length; 0 if there is none.</returns>
    public static int Read(ReadOnlySpan<byte> text, out LogTime time)
    {
        time = default;
        if (text.Length < ClockLength)
            return 0;
        if (!char.IsAsciiDigit((char)text[0]))
            return Named(text, out time);
        if (text[2] != ':')
            return text[4] is (byte)'-' or (byte)'/' ? Dated(text, out time) : 0;

        var length = Clock(text, out var ticks);
        time = new(ticks, LogDate.None, false);
        return length;
    }

    /// <summary>Such as <c>2026-12-01T21:17:32.123Z</c> or <c>2026-12-01 21:17:32,123 +01:00</c>.</summary>
    private static int Dated(ReadOnlySpan<byte> text, out LogTime time)
    {
        time = default;
        if (text.Length < 11 + ClockLength || text[7] != text[4] || text[10] is not ((byte)'T' or (byte)' ')
            || Number(text, 0, 4) is not (>= 1 and var year) || Number(text, 5, 2) is not (>= 1 and <= 12 and var month)
            || Number(text, 8, 2) is not (>= 1 and var day) || day > DateTime.DaysInMonth(year, month))
            return 0;

        var clock = Clock(text[11..], out var ticks);
        if (clock == 0)
            return 0;

        ticks += new DateTime(year, month, day).Ticks;
        var length = 11 + clock;
        length += Zone(text[length..], out var offset);
        time = new(Math.Max(0, ticks - (offset ?? 0)), LogDate.Full, offset is not null);
        return length;
    }

    /// <summary>Such as <c>Dec  1 21:17:32</c> or <c>Dec 1 09:17:32 PM</c>.</summary>
    private static int Named(ReadOnlySpan<byte> text, out LogTime time)
    {
        time = default;
        var month = Month(text);
        if (month == 0 || text[3] != ' ')
            return 0;

        var at = text[4] == ' ' ? 5 : 4;
        var digits = at + 1 < text.Length && char.IsAsciiDigit((char)text[at + 1]) ? 2 : 1;
        if (Number(text, at, digits) is not (>= 1 and var day) || day > DateTime.DaysInMonth(YearOfYearless, month))
            return 0;

        at += digits;
        if (at + 1 + ClockLength > text.Length || text[at] != ' ')
            return 0;

        var clock = Clock(text[(at + 1)..], out var ticks);
        if (clock == 0)
            return 0;

        var length = at + 1 + clock;
        length += Half(text[length..], ref ticks);
        time = new(new DateTime(YearOfYearless, month, day).Ticks + ticks, LogDate.Yearless, false);
        return length;
    }

    /// <summary>Such as <c>21:17:32</c> or <c>21:17:32.123</c>.</summary>
    private static int Clock(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < ClockLength || text[2] != ':' || text[5] != ':' || Number(text, 0, 2) is not (<= 23 and >= 0 and var hour)
            || Number(text, 3, 2) is not (<= 59 and >= 0 and var minute) || Number(text, 6, 2) is not (<= 60 and >= 0 and var second))
            return 0;

        ticks = ((hour * 3600L) + (minute * 60L) + second) * TimeSpan.TicksPerSecond;
        if (text.Length < ClockLength + 2 || text[ClockLength] is not ((byte)'.' or (byte)','))
            return ClockLength;

        var at = ClockLength + 1;
        for (var unit = TimeSpan.TicksPerSecond / 10; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, unit /= 10)
            ticks += (text[at] - '0') * unit;
        return at > ClockLength + 1 ? at : ClockLength;
    }

    private static int Zone(ReadOnlySpan<byte> text, out long? offset)
    {
        offset = null;
        if (text.StartsWith("Z"u8))
        {
            offset = 0;
            return 1;
        }

        if (text.StartsWith(" UTC"u8))
        {
            offset = 0;
            return 4;
        }

        var at = text.StartsWith(" "u8) ? 1 : 0;
        if (text.Length < at + 5 || text[at] is not ((byte)'+' or (byte)'-'))
            return 0;

        var colon = text[at + 3] == ':' ? 1 : 0;
        if (Number(text, at + 1, 2) is not (>= 0 and <= 14 and var hours) || Number(text, at + 3 + colon, 2) is not (>= 0 and <= 59 and var minutes))
            return 0;

        var ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        offset = text[at] == '-' ? -ticks : ticks;
        return at + 5 + colon;
    }

    private static int Half(ReadOnlySpan<byte> text, ref long ticks)
    {
        var isLate = text.StartsWith(" PM"u8);
        if (!isLate && !text.StartsWith(" AM"u8))
            return 0;

        var isTwelve = ticks >= 12 * TimeSpan.TicksPerHour;
        if (isLate && !isTwelve)
            ticks += 12 * TimeSpan.TicksPerHour;
        else if (!isLate && isTwelve)
            ticks -= 12 * TimeSpan.TicksPerHour;
        return 3;
    }

    private static int Month(ReadOnlySpan<byte> text)
    {
        var names = "JanFebMarAprMayJunJulAugSepOctNovDec"u8;
        var at = text[0] is >= (byte)'A' and <= (byte)'S' ? names.IndexOf(text[..3]) : -1;
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : 0;
    }

    /// <summary>A number of a fixed length; -1 if it is none.</summary>
    private static int Number(ReadOnlySpan<byte> text, int at, int length)
    {
        if (at + length > text.Length)
            return -1;

        var value = 0;
        foreach (var digit in text.Slice(at, length))
        {
            if (!char.IsAsciiDigit((char)digit))
                return -1;
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
