using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>Why a rule did not fire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingSilence>))]
public enum FindingSilence
{
    /// <summary>The rule looked, and found that its condition is not met.</summary>
    NotReached,

    /// <summary>A number that the rule needs cannot be read here.</summary>
    NotReadable,

    /// <summary>The watch has not seen enough yet.</summary>
    TooLittleData,

    /// <summary>There is nothing here that the rule is about, such as a metric or a limit.</summary>
    NotApplicable,
}
