using System.Globalization;

namespace MemoryWatch;

/// <summary>A named number of a finding, or of a rule that did not fire.</summary>
/// <param name="Name">What the number is, in lower case with underscores, such as <c>free_bytes</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
/// <example>
/// <code>
/// foreach (FindingNumber number in watch.Diagnose().Findings.SelectMany(finding => finding.Evidence))
/// {
///     Console.WriteLine($"{number.Name} = {number.Value} {number.Unit}");
/// }
/// </code>
/// </example>
public sealed record FindingNumber(string Name, double Value, FindingUnit Unit)
{
    /// <summary>Returns one line, such as <c>free_bytes 94371840</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Value:0.###}");

    internal static FindingNumber Bytes(string name, double value) => new(name, value, FindingUnit.Bytes);

    internal static FindingNumber Count(string name, double value) => new(name, value, FindingUnit.Count);

    internal static FindingNumber Fraction(string name, double value) => new(name, value, FindingUnit.Fraction);

    internal static FindingNumber Seconds(string name, TimeSpan value) => new(name, value.TotalSeconds, FindingUnit.Seconds);
}
