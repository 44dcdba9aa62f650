using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The unit of a <see cref="FindingNumber"/>.</summary>
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
