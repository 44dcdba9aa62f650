namespace MemoryWatch.Track;

/// <summary>Which part of a budget.</summary>
internal enum BudgetPart
{
    /// <summary>What the operation allocates.</summary>
    Allocated,

    /// <summary>The change of the process's resident memory since the operation's start.</summary>
    Change,
}

/// <summary>An operation that went over its budget, as it was then: it may have ended since.</summary>
internal readonly record struct BudgetOverrun(
    long OperationId,
    string Name,
    OperationContext Context,
    BudgetPart Part,
    long Bytes,
    long BudgetBytes,
    TimeSpan Age);
