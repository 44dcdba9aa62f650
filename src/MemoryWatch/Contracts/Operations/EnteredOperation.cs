namespace MemoryWatch;

/// <summary>
/// A block of code that works for an operation from elsewhere, from <see cref="OperationScope.Enter"/>. Dispose it at the end of the
/// block, on the flow that entered it; then that flow works for what it worked for before.
/// </summary>
public readonly struct EnteredOperation : IDisposable
{
    private readonly AsyncLocal<OperationScope?>? _current;
    private readonly OperationScope? _scope;
    private readonly OperationScope? _before;

    internal EnteredOperation(AsyncLocal<OperationScope?> current, OperationScope scope)
    {
        (_current, _scope, _before) = (current, scope, current.Value);
        current.Value = scope;
    }

    /// <summary>Leaves the operation. Leaving twice, or on a flow that has not entered it, does nothing.</summary>
    public void Dispose()
    {
        if (_current is not null && ReferenceEquals(_current.Value, _scope))
        {
            _current.Value = _before;
        }
    }
}
