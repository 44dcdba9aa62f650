using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// A threshold: an amount of memory (<c>"400MB"</c>) or a part of the limit that governs at the time (<c>"78%"</c>).
/// </summary>
public readonly struct MemoryThreshold : IEquatable<MemoryThreshold>
{
    private readonly long _bytes;
    private readonly double _fraction;

    private MemoryThreshold(long bytes, double fraction) => (_bytes, _fraction) = (bytes, fraction);

    /// <summary>Whether this is a part of the limit rather than an amount.</summary>
    public bool IsRelative => _fraction > 0;

    /// <summary>A threshold that does not move with the limit.</summary>
    /// <param name="size">The amount of memory.</param>
    public static MemoryThreshold Absolute(MemorySize size) => new(size.Bytes, 0);

    /// <summary>A threshold that is a part of the limit.</summary>
    /// <param name="fraction">The part, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not above 0 and at most 1.</exception>
    public static MemoryThreshold Relative(double fraction) => fraction is > 0 and <= 1
        ? new(0, fraction)
        : throw new ArgumentOutOfRangeException(
            nameof(fraction), fraction, "A relative threshold is above 0 and at most 1 (100 %).");

    /// <summary>Reads <c>"400MB"</c> or <c>"78%"</c>.</summary>
    /// <param name="text">An amount of memory, or a number with a percent sign, above 0 and at most 100.</param>
    /// <exception cref="FormatException">The text is neither; the message shows what is.</exception>
    public static MemoryThreshold Parse(string? text) =>
        TryParse(text, out var threshold)
            ? threshold
            : throw new FormatException(
                $"'{text}' is not a threshold. Write an amount such as \"400MB\", or a percentage of the limit above 0 and at most 100, such as \"78%\".");

    /// <summary>Reads <c>"400MB"</c> or <c>"78%"</c> without throwing.</summary>
    /// <param name="text">An amount of memory or a percentage.</param>
    /// <param name="threshold">The threshold, or 0 bytes where the text is not one.</param>
    /// <returns>Whether the text is a threshold.</returns>
    public static bool TryParse(string? text, out MemoryThreshold threshold)
    {
        threshold = default;
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.EndsWith("%"))
        {
            var isSize = MemorySize.TryParse(text, out var size);
            threshold = Absolute(size);
            return isSize;
        }

        if (!double.TryParse(trimmed[..^1].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            || percent / 100 is not (> 0 and <= 1))
        {
            return false;
        }

        threshold = Relative(percent / 100);
        return true;
    }

    /// <summary>The threshold in bytes.</summary>
    /// <param name="limitBytes">The limit that governs; ignored by an absolute threshold.</param>
    /// <returns>The bytes; absent for a relative threshold where no limit is known.</returns>
    public long? Resolve(long? limitBytes) =>
        !IsRelative ? _bytes : limitBytes is { } limit ? (long)(limit * _fraction) : null;

    /// <summary>Reads <c>"400MB"</c> or <c>"78%"</c>, so that settings can be assigned from text.</summary>
    /// <param name="text">An amount of memory or a percentage.</param>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static implicit operator MemoryThreshold(string text) => Parse(text);

    /// <summary>The threshold as it is written in settings: <c>400 MB</c>, <c>78%</c>.</summary>
    public override string ToString() =>
        IsRelative ? string.Create(CultureInfo.InvariantCulture, $"{_fraction * 100:0.##}%") : MemoryText.Limit(_bytes);

    /// <inheritdoc/>
    public bool Equals(MemoryThreshold other) => _bytes == other._bytes && _fraction.Equals(other._fraction);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MemoryThreshold other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_bytes, _fraction);

    /// <summary>Whether both are the same threshold.</summary>
    public static bool operator ==(MemoryThreshold left, MemoryThreshold right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(MemoryThreshold left, MemoryThreshold right) => !left.Equals(right);
}
