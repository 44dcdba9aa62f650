using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>Why an alert about memory has no <see cref="MemoryAlert.Cause"/>.</summary>
/// <example>
/// <code>
/// // Without numbers there is no cause; say so rather than nothing.
/// var why = alert.NoCause == NoCauseReason.NotReadable ? "the numbers cannot be read here" : alert.Cause?.Describe();
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<NoCauseReason>))]
public enum NoCauseReason
{
    /// <summary>The alert has a cause, or is of a kind that is not explained.</summary>
    None,

    /// <summary>There is no earlier reading to compare with: memory was used before the watch started.</summary>
    NoEarlierReading,

    /// <summary>Memory did not grow by at least 1 MB within the time that the watch remembers: it was used before, or grew slowly.</summary>
    NoGrowth,

    /// <summary>The memory of this process could not be read.</summary>
    NotReadable,
}
