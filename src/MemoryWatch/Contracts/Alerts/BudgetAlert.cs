using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>Which part of a budget.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BudgetPart>))]
public enum BudgetPart
{
    /// <summary>What the operation allocates.</summary>
    Allocated,

    /// <summary>The change of the process's resident memory since the operation's start.</summary>
    Change,
}

/// <summary>An operation has gone over its budget.</summary>
/// <param name="operationId">The operation's number.</param>
/// <param name="operation">Its name.</param>
/// <param name="context">What it is about.</param>
public sealed class BudgetAlert(long operationId, string operation, OperationContext context)
    : OperationAlert("budget", operationId, operation, context)
{
    /// <summary>Which part of the budget.</summary>
    public BudgetPart Part { get; init; }

    /// <summary>What the operation took of it, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The budget, in bytes.</summary>
    public long BudgetBytes { get; init; }

    /// <summary>How long the operation had been running then.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>One line: <c>budget: Download Allocated 84.2 MB / 80 MB after 2.1 s</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {Operation} {Part} {MemoryText.Megabytes(Bytes)} / {MemoryText.Limit(BudgetBytes)} after {MemoryText.Duration(Age)}";
}
