using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// How near memory is to the limit. Zones are ordered: a later one is worse. Memory returns to a better zone only when usage has fallen below
/// the threshold by more than 3 % of the limit.
/// </summary>
/// <example>
/// <code>
/// // Take the next job only while there is room.
/// while (watch.Current.Zone >= MemoryZone.Critical)
/// {
///     await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
/// }
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<MemoryZone>))]
public enum MemoryZone
{
    /// <summary>Below the elevated threshold, or no limit is known.</summary>
    Healthy,

    /// <summary>At or above the elevated threshold: worth knowing.</summary>
    Elevated,

    /// <summary>At or above the critical threshold: something should be done.</summary>
    Critical,

    /// <summary>At or above the imminent threshold: the kernel may kill the process at any moment.</summary>
    Imminent,
}
