using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The outcome of an operation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperationOutcome>))]
public enum OperationOutcome
{
    /// <summary>Unknown: the default value.</summary>
    Unknown,

    /// <summary>The operation is in flight.</summary>
    Running,

    /// <summary>The operation ended without a call to <c>Fail</c>.</summary>
    Completed,

    /// <summary>The operation ended after <see cref="OperationScope.Fail(Exception)"/> or <see cref="OperationScope.Fail(string)"/>.</summary>
    Failed,

    /// <summary>The operation ended after <see cref="OperationScope.Fail(Exception)"/> with an <see cref="OperationCanceledException"/>.</summary>
    Cancelled,
}
