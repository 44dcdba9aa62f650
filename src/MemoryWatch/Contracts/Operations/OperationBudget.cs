namespace MemoryWatch;

/// <summary>The limits for one operation; exceeding a part raises one alert. At least one part is set.</summary>
/// <example>
/// <code>
/// using var scope = watch.Track("Download");
/// scope.SetBudget(allocated: "80MB");
/// await DownloadAsync(userId);
/// if (scope.Budget is OperationBudget { Allocated: null })
/// {
///     logger.LogWarning("Download allocated more than 80 MB");
/// }
/// </code>
/// </example>
public sealed class OperationBudget : IEquatable<OperationBudget>
{
    /// <summary>Creates a budget.</summary>
    /// <param name="allocated">
    /// Maximum that the operation may allocate, nested operations included; above zero. It is checked whenever a flow of the operation leaves a
    /// thread, and at the end; never if allocations are not tracked.
    /// </param>
    /// <param name="change">
    /// Maximum growth of the whole process's resident memory since the operation's start, caused by whatever runs in between; above zero. It is
    /// checked at each tick and at the end.
    /// </param>
    /// <exception cref="ArgumentException">Neither is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is zero.</exception>
    public OperationBudget(MemorySize? allocated = null, MemorySize? change = null)
    {
        if (allocated is null && change is null)
        {
            throw new ArgumentException("A budget limits what is allocated, the change of memory, or both.");
        }

        ArgumentOutOfRangeException.ThrowIfZero(allocated?.Bytes ?? 1, nameof(allocated));
        ArgumentOutOfRangeException.ThrowIfZero(change?.Bytes ?? 1, nameof(change));
        (Allocated, Change) = (allocated, change);
    }

    /// <summary>Maximum that the operation may allocate; <see langword="null"/> for no limit.</summary>
    public MemorySize? Allocated { get; }

    /// <summary>Maximum growth of the process's resident memory during the operation; <see langword="null"/> for no limit.</summary>
    public MemorySize? Change { get; }

    /// <summary>Maximum that may be allocated, in bytes; more exceeds the budget.</summary>
    internal long MostAllocatedBytes => Allocated?.Bytes ?? long.MaxValue;

    /// <summary>Returns one line, such as <c>allocated 80 MB, change 20 MB</c>.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Allocated is { } allocated ? $"allocated {allocated}" : null, Change is { } change ? $"change {change}" : null,
    }.Where(part => part is not null));

    /// <inheritdoc/>
    public bool Equals(OperationBudget? other) => other is not null && other.Allocated == Allocated && other.Change == Change;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OperationBudget);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Allocated, Change);

    /// <summary>Returns the budget without one part, once that part was reported; <see langword="null"/> if no part remains.</summary>
    internal OperationBudget? Without(BudgetPart part) => (part, Allocated, Change) switch
    {
        (BudgetPart.Allocated, _, { } change) => new(change: change),
        (BudgetPart.Change, { } allocated, _) => new(allocated),
        _ => null,
    };
}
