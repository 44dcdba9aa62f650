using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>How an operation ended, or that it has not.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperationOutcome>))]
public enum OperationOutcome
{
    /// <summary>Not known: what an entry has that nobody filled in.</summary>
    Unknown,

    /// <summary>It is in flight.</summary>
    Running,

    /// <summary>It ended and nobody said that it failed.</summary>
    Completed,

    /// <summary>It ended after <see cref="OperationScope.Fail(Exception)"/>.</summary>
    Failed,

    /// <summary>It ended after <see cref="OperationScope.Fail(Exception)"/> with an <see cref="OperationCanceledException"/>.</summary>
    Cancelled,
}
