using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The part of a budget.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BudgetPart>))]
public enum BudgetPart
{
    /// <summary>Bytes that the operation allocates on the managed heap, including those of nested operations.</summary>
    Allocated,

    /// <summary>Growth of the whole process's resident memory since the operation started.</summary>
    Change,
}

/// <summary>Raised when an operation exceeds its budget: one alert for each part of the budget.</summary>
/// <param name="operationId">The operation's number, as in its journal entries.</param>
/// <param name="operation">The operation's name.</param>
/// <param name="context">The subject of the operation.</param>
/// <example>
/// <code>
/// // Send only what is about memory that stays, not about what was allocated on the way.
/// if (alert is BudgetAlert { Part: BudgetPart.Change } budget)
/// {
///     await SendAsync($"{budget.Operation} ({budget.Context}) is {budget.Bytes - budget.BudgetBytes} bytes over its budget");
/// }
/// </code>
/// </example>
public sealed class BudgetAlert(long operationId, string operation, OperationContext context)
    : OperationAlert("budget", operationId, operation, context)
{
    /// <summary>The part of the budget that the operation exceeded.</summary>
    public BudgetPart Part { get; init; }

    /// <summary>
    /// Bytes that count against this part, more than <see cref="BudgetBytes"/>: allocated bytes, or growth of the whole process's resident
    /// memory.
    /// </summary>
    public long Bytes { get; init; }

    /// <summary>The budget for this part, in bytes.</summary>
    public long BudgetBytes { get; init; }

    /// <summary>Time from the start of the operation until MemoryWatch noticed that it exceeds the budget.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Returns one line, such as <c>budget: Download Allocated 84.2 MB / 80 MB after 2.1 s</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {Operation} {Part} {MemoryText.Megabytes(Bytes)} / {MemoryText.Limit(BudgetBytes)} after {MemoryText.Duration(Age)}";
}
