namespace MemoryWatch;

/// <summary>Ways to track whole functions.</summary>
public static class MemoryWatchExtensions
{
    /// <summary>
    /// Runs a function as an operation. An exception marks the operation failed, a cancellation cancelled, and is
    /// rethrown as it is.
    /// </summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    /// <param name="operation">The function; called once.</param>
    /// <returns>What the function returned.</returns>
    public static Task<T> TrackAsync<T>(this IMemoryWatch watch, string name, OperationContext context, Func<Task<T>> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackAsync(name, context, _ => operation());
    }

    /// <summary>
    /// As without a scope, for a function that wants its own: to <see cref="OperationScope.Charge"/> it, to give it a budget, or to mark it failed.
    /// </summary>
    /// <typeparam name="T">What the function returns.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    /// <param name="operation">The function; called once. The scope ends with it.</param>
    /// <returns>What the function returned.</returns>
    public static async Task<T> TrackAsync<T>(
        this IMemoryWatch watch, string name, OperationContext context, Func<OperationScope, Task<T>> operation)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(operation);
        using var scope = watch.Track(name, context);
        try
        {
            return await operation(scope).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }

    /// <summary>Runs a function that returns nothing as an operation, as <c>TrackAsync&lt;T&gt;</c> does one that returns something.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    /// <param name="operation">The function; called once.</param>
    public static Task TrackAsync(this IMemoryWatch watch, string name, OperationContext context, Func<Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackAsync(name, context, _ => operation());
    }

    /// <summary>As without a scope, for a function that wants its own and returns nothing.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>.</param>
    /// <param name="context">What it is about; text converts to it.</param>
    /// <param name="operation">The function; called once. The scope ends with it.</param>
    public static Task TrackAsync(this IMemoryWatch watch, string name, OperationContext context, Func<OperationScope, Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackAsync<object?>(name, context, async scope =>
        {
            await operation(scope).ConfigureAwait(false);
            return null;
        });
    }
}
