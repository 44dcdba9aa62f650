using System.Globalization;

namespace MemoryWatch;

/// <summary>A threshold: an amount of memory (<c>"400MB"</c>) or a part of the governing limit (<c>"78%"</c>).</summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options =>
/// {
///     options.HighThreshold = MemoryThreshold.Relative(0.75);
///     options.SpikeThreshold = "80MB";
/// });
/// </code>
/// </example>
public readonly struct MemoryThreshold : IEquatable<MemoryThreshold>, ISpanParsable<MemoryThreshold>
{
    private readonly long _bytes;
    private readonly double _fraction;

    private MemoryThreshold(long bytes, double fraction) => (_bytes, _fraction) = (bytes, fraction);

    /// <summary>Whether this is a part of the limit rather than an amount.</summary>
    public bool IsRelative => _fraction > 0;

    /// <summary>Creates a threshold that does not depend on the limit.</summary>
    /// <param name="size">The amount of memory.</param>
    public static MemoryThreshold Absolute(MemorySize size) => new(size.Bytes, 0);

    /// <summary>Creates a threshold that is a part of the limit.</summary>
    /// <param name="fraction">The part, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not above 0 and at most 1.</exception>
    public static MemoryThreshold Relative(double fraction) => fraction is > 0 and <= 1
        ? new(0, fraction)
        : throw new ArgumentOutOfRangeException(
            nameof(fraction), fraction, "A relative threshold is above 0 and at most 1 (100 %).");

    /// <summary>Converts text such as <c>"400MB"</c> or <c>"78%"</c> to a threshold.</summary>
    /// <param name="text">An amount of memory, or a number with a percent sign, above 0 and at most 100.</param>
    /// <exception cref="FormatException">The text is neither; the message shows the text and the accepted forms.</exception>
    public static MemoryThreshold Parse(string? text) => Parse(text.AsSpan(), null);

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="s">An amount of memory, or a number with a percent sign, above 0 and at most 100.</param>
    /// <param name="provider">Ignored: thresholds are written the same in every culture.</param>
    public static MemoryThreshold Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider)"/>
    public static MemoryThreshold Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => TryParse(s, provider, out var threshold)
        ? threshold
        : throw new FormatException(
            $"'{s}' is not a threshold. Write an amount such as \"400MB\", or a percentage of the limit above 0 and at most 100, such as \"78%\".");

    /// <summary>Converts text such as <c>"400MB"</c> or <c>"78%"</c> to a threshold without throwing.</summary>
    /// <param name="text">An amount of memory or a percentage.</param>
    /// <param name="threshold">The threshold, or 0 bytes if the text is not a threshold.</param>
    /// <returns>Whether the text is a threshold.</returns>
    public static bool TryParse(string? text, out MemoryThreshold threshold) => TryParse(text.AsSpan(), null, out threshold);

    /// <inheritdoc cref="TryParse(string, out MemoryThreshold)"/>
    /// <param name="s">An amount of memory or a percentage.</param>
    /// <param name="provider">Ignored: thresholds are written the same in every culture.</param>
    /// <param name="result">The threshold, or 0 bytes if the text is not a threshold.</param>
    public static bool TryParse(string? s, IFormatProvider? provider, out MemoryThreshold result) => TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(string, IFormatProvider, out MemoryThreshold)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MemoryThreshold result)
    {
        result = default;
        var text = s.Trim();
        if (!text.EndsWith("%"))
        {
            var isSize = MemorySize.TryParse(text, provider, out var size);
            result = Absolute(size);
            return isSize;
        }

        if (!double.TryParse(text[..^1].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            || percent / 100 is not (> 0 and <= 1))
        {
            return false;
        }

        result = Relative(percent / 100);
        return true;
    }

    /// <summary>Converts text such as <c>"400MB"</c> or <c>"78%"</c> to a threshold, so that settings can be assigned from text.</summary>
    /// <param name="text">An amount of memory or a percentage.</param>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static implicit operator MemoryThreshold(string text) => Parse(text);

    /// <summary>Calculates the threshold in bytes.</summary>
    /// <param name="limitBytes">The governing limit, in bytes; an absolute threshold ignores it.</param>
    /// <returns>The threshold in bytes; <see langword="null"/> for a relative threshold if no limit is known.</returns>
    public long? Resolve(long? limitBytes) =>
        !IsRelative ? _bytes : limitBytes is { } limit ? (long)(limit * _fraction) : null;

    /// <summary>Returns the threshold in the form of settings: <c>400 MB</c>, <c>78%</c>.</summary>
    public override string ToString() =>
        IsRelative ? string.Create(CultureInfo.InvariantCulture, $"{_fraction * 100:0.##}%") : new MemorySize(_bytes).ToString();

    /// <inheritdoc/>
    public bool Equals(MemoryThreshold other) => _bytes == other._bytes && _fraction.Equals(other._fraction);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MemoryThreshold other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_bytes, _fraction);

    /// <summary>Whether both are the same threshold.</summary>
    public static bool operator ==(MemoryThreshold left, MemoryThreshold right) => left.Equals(right);

    /// <summary>Whether the two are different thresholds.</summary>
    public static bool operator !=(MemoryThreshold left, MemoryThreshold right) => !left.Equals(right);
}
