using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// An amount of memory as people write it in settings: <c>"512MB"</c>, <c>"1.5 GB"</c>, <c>"350000000"</c> (bytes).
/// Units are powers of 1024: KB, MB, GB (also K, M, G and KiB, MiB, GiB).
/// </summary>
/// <param name="bytes">The amount in bytes; 0 or more.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
public readonly struct MemorySize(long bytes) : IEquatable<MemorySize>
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("KIB", 1L << 10), ("MIB", 1L << 20), ("GIB", 1L << 30),
        ("KB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("B", 1),
    ];

    /// <summary>The amount in bytes; 0 or more.</summary>
    public long Bytes { get; } = bytes >= 0
        ? bytes
        : throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A memory size cannot be negative.");

    /// <summary>An amount given in megabytes (1024 x 1024 bytes).</summary>
    /// <param name="megabytes">The number of megabytes; 0 or more, below 2^43.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="megabytes"/> is out of that range, or no number.</exception>
    public static MemorySize FromMegabytes(double megabytes) => megabytes is >= 0 and < 1L << 43
        ? new((long)(megabytes * (1 << 20)))
        : throw new ArgumentOutOfRangeException(nameof(megabytes), megabytes, "A memory size is 0 or more, and below 2^43 MB.");

    /// <summary>Reads an amount such as <c>"512MB"</c>.</summary>
    /// <param name="text">A number, with or without a unit; spaces around and between are ignored.</param>
    /// <exception cref="FormatException">The text is not an amount of memory; the message shows what is.</exception>
    public static MemorySize Parse(string? text) =>
        TryParse(text, out var size)
            ? size
            : throw new FormatException(
                $"'{text}' is not an amount of memory. Write a number with KB, MB or GB, such as \"512MB\", or plain bytes.");

    /// <summary>Reads an amount such as <c>"512MB"</c> without throwing.</summary>
    /// <param name="text">A number, with or without a unit.</param>
    /// <param name="size">The amount, or 0 bytes where the text is not one.</param>
    /// <returns>Whether the text is an amount of memory.</returns>
    public static bool TryParse(string? text, out MemorySize size)
    {
        size = default;
        var number = text.AsSpan().Trim();
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

        size = new MemorySize((long)(value * factor));
        return true;
    }

    /// <summary>Reads an amount such as <c>"512MB"</c>, so that settings can be assigned from text.</summary>
    /// <param name="text">A number, with or without a unit.</param>
    /// <exception cref="FormatException">The text is not an amount of memory.</exception>
    public static implicit operator MemorySize(string text) => Parse(text);

    /// <summary>The amount in megabytes: <c>512 MB</c>, <c>1.5 MB</c>.</summary>
    public override string ToString() => MemoryText.Limit(Bytes);

    /// <inheritdoc/>
    public bool Equals(MemorySize other) => Bytes == other.Bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MemorySize other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.GetHashCode();

    /// <summary>Whether both are the same number of bytes.</summary>
    public static bool operator ==(MemorySize left, MemorySize right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(MemorySize left, MemorySize right) => !left.Equals(right);
}
