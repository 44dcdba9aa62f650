namespace MemoryWatch;

/// <summary>Ways to track whole functions and sequences.</summary>
/// <remarks>
/// An exception marks the operation failed, an <see cref="OperationCanceledException"/> cancelled; either is rethrown unchanged.
/// </remarks>
public static class MemoryWatchExtensions
{
    /// <summary>Runs a function as an operation.</summary>
    /// <typeparam name="T">The function's result.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Parse</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation is about; text converts to it.</param>
    /// <param name="operation">The function; called once. Work that it starts and that outlives it is not part of the operation.</param>
    /// <returns>The function's result.</returns>
    public static T Track<T>(this IMemoryWatch watch, string name, OperationContext context, Func<T> operation)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(operation);
        using var scope = watch.Track(name, context);
        try
        {
            return operation();
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }

    /// <summary>Enters an operation that failed before it could start: a start and a failed end.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation would have been about; text converts to it.</param>
    /// <param name="exception">Why it failed; cancelled if it is an <see cref="OperationCanceledException"/>.</param>
    public static void Fail(this IMemoryWatch watch, string name, OperationContext context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(exception);
        using var scope = watch.Track(name, context);
        scope.Fail(exception);
    }

    /// <inheritdoc cref="TrackAsync{T}(IMemoryWatch, string, OperationContext, Func{Task{T}})"/>
    public static Task<T> TrackAsync<T>(this IMemoryWatch watch, string name, Func<Task<T>> operation) =>
        watch.TrackAsync(name, default, operation);

    /// <summary>Runs an asynchronous function as an operation.</summary>
    /// <typeparam name="T">The function's result.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation is about; text converts to it.</param>
    /// <param name="operation">The function; called once.</param>
    /// <returns>The function's result.</returns>
    public static Task<T> TrackAsync<T>(this IMemoryWatch watch, string name, OperationContext context, Func<Task<T>> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackAsync(name, context, _ => operation());
    }

    /// <summary>
    /// Runs an asynchronous function as an operation and hands it the scope, to <see cref="OperationScope.Charge"/> it, give it a budget, or mark it
    /// failed.
    /// </summary>
    /// <typeparam name="T">The function's result.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation is about; text converts to it.</param>
    /// <param name="operation">The function; called once. The scope ends with it.</param>
    /// <returns>The function's result.</returns>
    public static Task<T> TrackAsync<T>(
        this IMemoryWatch watch, string name, OperationContext context, Func<OperationScope, Task<T>> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackValueAsync(name, context, scope => new ValueTask<T>(operation(scope))).AsTask();
    }

    /// <inheritdoc cref="TrackAsync(IMemoryWatch, string, OperationContext, Func{Task})"/>
    public static Task TrackAsync(this IMemoryWatch watch, string name, Func<Task> operation) =>
        watch.TrackAsync(name, default, operation);

    /// <summary>Runs an asynchronous function without a result as an operation.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation is about; text converts to it.</param>
    /// <param name="operation">The function; called once.</param>
    public static Task TrackAsync(this IMemoryWatch watch, string name, OperationContext context, Func<Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackAsync(name, context, _ => operation());
    }

    /// <summary>Runs an asynchronous function without a result as an operation and hands it the scope.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation is about; text converts to it.</param>
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

    /// <summary>
    /// Runs an asynchronous function that returns a <see cref="ValueTask{TResult}"/> as an operation and hands it the scope. The name differs from
    /// <c>TrackAsync</c> because an asynchronous lambda would fit both.
    /// </summary>
    /// <typeparam name="T">The function's result.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation is about; text converts to it.</param>
    /// <param name="operation">The function; called once. The scope ends with it.</param>
    /// <returns>The function's result.</returns>
    public static async ValueTask<T> TrackValueAsync<T>(
        this IMemoryWatch watch, string name, OperationContext context, Func<OperationScope, ValueTask<T>> operation)
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

    /// <summary>
    /// Makes an operation of each enumeration of a sequence, from its first step to its end. Each step runs inside the operation; what the
    /// consumer does between two steps does not.
    /// </summary>
    /// <typeparam name="T">The sequence's items.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Export</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">What the operation is about; text converts to it.</param>
    /// <param name="sequence">The sequence. An exception that leaves it marks the operation failed or cancelled.</param>
    /// <returns>The same items.</returns>
    public static IAsyncEnumerable<T> TrackAsync<T>(
        this IMemoryWatch watch, string name, OperationContext context, IAsyncEnumerable<T> sequence)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(sequence);
        return new TrackedSequence<T>(watch, name, context, sequence);
    }
}
