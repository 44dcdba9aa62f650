namespace MemoryWatch;

/// <summary>
/// A block of code that works for an operation, from <see cref="OperationScope.Enter"/>. Dispose it at the end of the block, on the flow that
/// entered it. That flow then works for its previous operation again.
/// </summary>
/// <example>
/// <code>
/// // A worker that takes jobs from a channel works for the operation that queued them.
/// await foreach (var (scope, job) in jobs.Reader.ReadAllAsync(cancellationToken))
/// {
///     using EnteredOperation entered = scope.Enter();
///     await job();
/// }
/// </code>
/// </example>
public readonly struct EnteredOperation : IDisposable
{
    private readonly OperationScope? _scope;
    private readonly OperationScope? _before;

    /// <summary>Creates the block, for an implementation of <see cref="OperationScope.Enter"/>.</summary>
    /// <param name="scope">The operation that the flow has entered. <see cref="OperationScope.Leave"/> of it is called at the end of the block.</param>
    /// <param name="before">The operation that the flow worked for before; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is <see langword="null"/>.</exception>
    public EnteredOperation(OperationScope scope, OperationScope? before)
    {
        ArgumentNullException.ThrowIfNull(scope);
        (_scope, _before) = (scope, before);
    }

    /// <summary>Leaves the operation. Has no effect if the block was already left, or on a flow that has not entered the operation.</summary>
    public void Dispose() => _scope?.Leave(_before);
}
