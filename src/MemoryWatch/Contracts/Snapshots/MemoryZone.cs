using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>How near the limit is. Zones are ordered: a later one is worse.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemoryZone>))]
public enum MemoryZone
{
    /// <summary>Below the elevated threshold, or no limit is known.</summary>
    Healthy,

    /// <summary>From the elevated threshold: worth knowing.</summary>
    Elevated,

    /// <summary>From the critical threshold: something should be done.</summary>
    Critical,

    /// <summary>From the imminent threshold: the kernel may kill the process any moment.</summary>
    Imminent,
}
