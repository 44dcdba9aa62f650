namespace MemoryWatch;

/// <summary>
/// A block of code that works for an operation from elsewhere, from <see cref="OperationScope.Enter"/>. Dispose it at the end of the
/// block, on the flow that entered it; then that flow works for what it worked for before.
/// </summary>
public readonly struct EnteredOperation : IDisposable
{
    private readonly OperationScope? _scope;
    private readonly OperationScope? _before;

    internal EnteredOperation(OperationScope scope, OperationScope? before) => (_scope, _before) = (scope, before);

    /// <summary>Leaves the operation. Leaving twice, or on a flow that has not entered it, does nothing.</summary>
    public void Dispose() => _scope?.Leave(_before);
}
