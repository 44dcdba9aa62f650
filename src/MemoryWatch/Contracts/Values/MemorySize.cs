using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// An amount of memory as written in settings: <c>"512MB"</c>, <c>"0.5Gi"</c>, <c>"350000000"</c> (bytes). Units are powers of 1024: KB, MB,
/// GB, also K, M, G, Ki, Mi, Gi (as in Kubernetes) and KiB, MiB, GiB.
/// </summary>
/// <param name="bytes">The amount in bytes; 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options =>
/// {
///     options.Limit = MemorySize.Parse(Environment.GetEnvironmentVariable("PLAN_MEMORY") ?? "512MB");
///     options.BlackBox.Size = MemorySize.FromMegabytes(4);
/// });
/// </code>
/// </example>
public readonly struct MemorySize(long bytes) : IEquatable<MemorySize>, IComparable<MemorySize>, ISpanParsable<MemorySize>
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("KIB", 1L << 10), ("MIB", 1L << 20), ("GIB", 1L << 30),
        ("KI", 1L << 10), ("MI", 1L << 20), ("GI", 1L << 30),
        ("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("B", 1),
    ];

    /// <summary>The amount in bytes; 0 or more.</summary>
    public long Bytes { get; } = bytes >= 0
        ? bytes
        : throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A memory size cannot be negative.");

    /// <summary>Creates an amount from megabytes (1024 x 1024 bytes).</summary>
    /// <param name="megabytes">The number of megabytes; 0 or more, below 2^43.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="megabytes"/> is out of that range, or not a number.</exception>
    public static MemorySize FromMegabytes(double megabytes) => megabytes is >= 0 and < 1L << 43
        ? new((long)(megabytes * (1 << 20)))
        : throw new ArgumentOutOfRangeException(nameof(megabytes), megabytes, "A memory size is 0 or more, and below 2^43 MB.");

    /// <summary>Creates an amount from gigabytes (1024 x 1024 x 1024 bytes).</summary>
    /// <param name="gigabytes">The number of gigabytes; 0 or more, below 2^33.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gigabytes"/> is out of that range, or not a number.</exception>
    public static MemorySize FromGigabytes(double gigabytes) => gigabytes is >= 0 and < 1L << 33
        ? new((long)(gigabytes * (1 << 30)))
        : throw new ArgumentOutOfRangeException(nameof(gigabytes), gigabytes, "A memory size is 0 or more, and below 2^33 GB.");

    /// <summary>Converts text such as <c>"512MB"</c> to an amount.</summary>
    /// <param name="text">A number, with or without a unit; spaces around and between them are ignored.</param>
    /// <exception cref="FormatException">The text is not an amount of memory; the message shows the text and the accepted forms.</exception>
    public static MemorySize Parse(string? text) => Parse(text.AsSpan(), null);

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="s">A number, with or without a unit; spaces around and between them are ignored.</param>
    /// <param name="provider">Ignored: sizes are written the same in every culture.</param>
    public static MemorySize Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider)"/>
    public static MemorySize Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => TryParse(s, provider, out var size)
        ? size
        : throw new FormatException(
            $"'{s}' is not an amount of memory. Write a number with KB, MB or GB, such as \"512MB\", or plain bytes.");

    /// <summary>Converts text such as <c>"512MB"</c> to an amount without throwing.</summary>
    /// <param name="text">A number, with or without a unit.</param>
    /// <param name="size">The amount, or 0 bytes if the text is not an amount.</param>
    /// <returns>Whether the text is an amount of memory.</returns>
    public static bool TryParse(string? text, out MemorySize size) => TryParse(text.AsSpan(), null, out size);

    /// <inheritdoc cref="TryParse(string, out MemorySize)"/>
    /// <param name="s">A number, with or without a unit.</param>
    /// <param name="provider">Ignored: sizes are written the same in every culture.</param>
    /// <param name="result">The amount, or 0 bytes if the text is not an amount.</param>
    public static bool TryParse(string? s, IFormatProvider? provider, out MemorySize result) => TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(string, IFormatProvider, out MemorySize)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out MemorySize result)
    {
        result = default;
        var number = s.Trim();
        var factor = 1L;
        foreach (var (unit, unitFactor) in Units)
        {
            if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^unit.Length].TrimEnd();
                factor = unitFactor;
                break;
            }
        }

        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > long.MaxValue / factor)
        {
            return false;
        }

        result = new MemorySize((long)(value * factor));
        return true;
    }

    /// <summary>Converts text such as <c>"512MB"</c> to an amount, so that settings can be assigned from text.</summary>
    /// <param name="text">A number, with or without a unit.</param>
    /// <exception cref="FormatException">The text is not an amount of memory.</exception>
    public static implicit operator MemorySize(string text) => Parse(text);

    /// <summary>Returns the amount in megabytes, or in bytes if it is below 1 MB: <c>512 MB</c>, <c>1.5 MB</c>, <c>400 bytes</c>.</summary>
    public override string ToString() => Bytes is > 0 and < 1 << 20 ? $"{MemoryText.Count(Bytes)} bytes" : MemoryText.Limit(Bytes);

    /// <inheritdoc/>
    public int CompareTo(MemorySize other) => Bytes.CompareTo(other.Bytes);

    /// <inheritdoc/>
    public bool Equals(MemorySize other) => Bytes == other.Bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MemorySize other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.GetHashCode();

    /// <summary>Whether both are the same number of bytes.</summary>
    public static bool operator ==(MemorySize left, MemorySize right) => left.Equals(right);

    /// <summary>Whether the two are different numbers of bytes.</summary>
    public static bool operator !=(MemorySize left, MemorySize right) => !left.Equals(right);

    /// <summary>Whether the left is less than the right.</summary>
    public static bool operator <(MemorySize left, MemorySize right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left is more than the right.</summary>
    public static bool operator >(MemorySize left, MemorySize right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left is at most the right.</summary>
    public static bool operator <=(MemorySize left, MemorySize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left is at least the right.</summary>
    public static bool operator >=(MemorySize left, MemorySize right) => left.Bytes >= right.Bytes;
}
