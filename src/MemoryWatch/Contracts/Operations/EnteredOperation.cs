namespace MemoryWatch;

/// <summary>
/// A block of code that works for an operation, from <see cref="OperationScope.Enter"/>. Dispose it at the end of the block, on the flow that
/// entered it. That flow then works for its previous operation again.
/// </summary>
public readonly struct EnteredOperation : IDisposable
{
    private readonly OperationScope? _scope;
    private readonly OperationScope? _before;

    internal EnteredOperation(OperationScope scope, OperationScope? before) => (_scope, _before) = (scope, before);

    /// <summary>Leaves the operation. Has no effect if the block was already left, or on a flow that has not entered the operation.</summary>
    public void Dispose() => _scope?.Leave(_before);
}
