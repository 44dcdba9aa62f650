namespace MemoryWatch.Track;

/// <summary>An operation that exceeded its budget, as it was then; it may have ended since.</summary>
internal readonly record struct BudgetOverrun(
    long OperationId,
    string Name,
    OperationContext Context,
    BudgetPart Part,
    long Bytes,
    long BudgetBytes,
    TimeSpan Age);
