namespace MemoryWatch;

/// <summary>What an operation may take before it is told of; a part that is absent is not limited. At least one is there.</summary>
internal sealed record OperationBudget(long? AllocatedBytes, long? ChangeBytes)
{
    /// <summary>What may be allocated; more is over the budget.</summary>
    public long MostAllocatedBytes => AllocatedBytes ?? long.MaxValue;

    /// <summary>What is left of it when one part was told of; nothing where that was all.</summary>
    public OperationBudget? Without(BudgetPart part) => part == BudgetPart.Allocated
        ? ChangeBytes is null ? null : new(null, ChangeBytes)
        : AllocatedBytes is null ? null : new(AllocatedBytes, null);

    /// <exception cref="ArgumentException">Neither part is given, or one is zero.</exception>
    public static OperationBudget Of(MemorySize? allocated, MemorySize? change) =>
        (allocated, change) switch
        {
            (null, null) => throw new ArgumentException("A budget limits what is allocated, the change of memory, or both."),
            ({ Bytes: 0 }, _) => throw new ArgumentOutOfRangeException(nameof(allocated), "A budget is above zero."),
            (_, { Bytes: 0 }) => throw new ArgumentOutOfRangeException(nameof(change), "A budget is above zero."),
            _ => new(allocated?.Bytes, change?.Bytes),
        };
}
