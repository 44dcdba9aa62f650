namespace MemoryWatch;

/// <summary>A sequence whose enumerations are operations.</summary>
internal sealed class TrackedSequence<T>(IMemoryWatch watch, string name, OperationContext context, IAsyncEnumerable<T> sequence)
    : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(watch, name, context, sequence.GetAsyncEnumerator(cancellationToken));

    /// <remarks>
    /// The scope starts inside an asynchronous method, which leaves the consumer's flow unchanged. Each step enters the scope because the
    /// consumer's flow does not work for the operation.
    /// </remarks>
    private sealed class Enumerator(IMemoryWatch watch, string name, OperationContext context, IAsyncEnumerator<T> steps) : IAsyncEnumerator<T>
    {
        private OperationScope? _scope;

        public T Current => steps.Current;

        public async ValueTask<bool> MoveNextAsync()
        {
            var scope = _scope ??= watch.Track(name, context);
            using (scope.Enter())
            {
                try
                {
                    return await steps.MoveNextAsync().ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    scope.Fail(exception);
                    throw;
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            // The scope ends within the block, because outside of it another operation is the current one.
            using (_scope?.Enter())
            {
                try
                {
                    await steps.DisposeAsync().ConfigureAwait(false);
                }
                finally
                {
                    _scope?.Dispose();
                }
            }
        }
    }
}
