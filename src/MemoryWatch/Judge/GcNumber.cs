using System.Globalization;

namespace MemoryWatch.Judge;

/// <summary>
/// A number as the runtime reads it from a setting of the GC: like C's <c>strtoul</c>, it stops at the first character that is no digit. A
/// variable is always hexadecimal; in the file, <c>0x</c> begins a hexadecimal number, 0 an octal one.
/// </summary>
/// <param name="Value">The value; <see langword="null"/> if there are no digits or it is negative. A value too large is the largest.</param>
/// <param name="Decimal">What the digits mean to who reads them as decimal, if the runtime does not; otherwise <see langword="null"/>.</param>
/// <param name="IsComplete">Whether the whole text was read.</param>
internal readonly record struct GcNumber(long? Value, long? Decimal, bool IsComplete)
{
    private const int Octal = 8;

    public static GcNumber Of(in GcSetting setting)
    {
        var text = setting.Typed.AsSpan().Trim();
        var isNegative = text is ['-', ..];
        text = text is ['-' or '+', .. var unsigned] ? unsigned : text;
        var isPrefixed = text is ['0', 'x' or 'X', ..];
        var digits = isPrefixed ? text[2..] : text;
        var radix = isPrefixed || setting.Place == GcSettingPlace.Environment ? 16 : digits is ['0', _, ..] ? Octal : 10;
        var length = 0;
        var value = 0L;
        while (length < digits.Length && Digit(digits[length]) is var digit and >= 0 && digit < radix)
        {
            value = value > (long.MaxValue - digit) / radix ? long.MaxValue : (value * radix) + digit;
            length++;
        }

        return length == 0 || isNegative
            ? new(null, null, false)
            : new(value, isPrefixed || radix != 16 ? null : AsDecimal(digits), length == digits.Length);
    }

    /// <summary>The number before a unit or a percent sign, if that is all there is.</summary>
    private static long? AsDecimal(ReadOnlySpan<char> digits) =>
        long.TryParse(digits.TrimEnd('%').TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int Digit(char c) => !char.IsAsciiHexDigit(c) ? -1 : char.IsAsciiDigit(c) ? c - '0' : (c | ' ') - 'a' + 10;
}
