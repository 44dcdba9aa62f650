using System.Globalization;

namespace MemoryWatch;

/// <summary>An estimated number with its confidence interval. The unit is that of the property that returns it.</summary>
/// <param name="Value">The most likely value; between <paramref name="Low"/> and <paramref name="High"/>.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <example>
/// <code>
/// foreach (var cost in watch.Diagnose().Costs)
/// {
///     Estimate bytes = cost.BytesPerUnit;
///     Console.WriteLine($"{cost.Metric.Name}: {bytes.Value:0} bytes each, between {bytes.Low:0} and {bytes.High:0}");
/// }
/// </code>
/// </example>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Returns one line, such as <c>96 (88 to 104)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:0.##} ({Low:0.##} to {High:0.##})");
}
