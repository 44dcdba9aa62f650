using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The unit of a <see cref="FindingNumber"/>.</summary>
/// <example>
/// <code>
/// foreach (var number in watch.Diagnose().Findings.SelectMany(finding => finding.Evidence))
/// {
///     Console.WriteLine(number.Unit switch
///     {
///         FindingUnit.Bytes => $"{number.Name}: {number.Value / (1 &lt;&lt; 20):0.0} MB",
///         FindingUnit.Fraction => $"{number.Name}: {number.Value:P0}",
///         _ => $"{number.Name}: {number.Value:0.##}",
///     });
/// }
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<FindingUnit>))]
public enum FindingUnit
{
    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Bytes per hour.</summary>
    BytesPerHour,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>A part of a whole; 1 is all of it.</summary>
    Fraction,
}
