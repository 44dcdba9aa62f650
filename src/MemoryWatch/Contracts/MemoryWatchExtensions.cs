namespace MemoryWatch;

/// <summary>Extension methods that track whole functions and sequences.</summary>
/// <remarks>
/// If a function or a sequence throws, the operation is marked failed, or cancelled for an <see cref="OperationCanceledException"/>. The
/// exception is rethrown unchanged. If the watch, the function or the sequence is <see langword="null"/>, an
/// <see cref="ArgumentNullException"/> is thrown; a method that returns a task can return it in the task.
/// </remarks>
/// <example>
/// <code>
/// var bytes = await watch.TrackAsync("Download", $"User {userId}", async () =>
/// {
///     using var client = new HttpClient();
///     return await client.GetByteArrayAsync("https://example.org/file");
/// });
/// </code>
/// </example>
public static class MemoryWatchExtensions
{
    /// <summary>Runs a function as an operation.</summary>
    /// <typeparam name="T">The function's result.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Parse</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
    /// <param name="operation">The function; called once. Work that the function starts and that outlives it is not part of the operation.</param>
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

    /// <summary>Records an operation that failed before it could start: one start and one failed end.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
    /// <param name="exception">The reason. An <see cref="OperationCanceledException"/> marks the operation cancelled.</param>
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
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
    /// <param name="operation">The function; called once.</param>
    /// <returns>The function's result.</returns>
    public static Task<T> TrackAsync<T>(this IMemoryWatch watch, string name, OperationContext context, Func<Task<T>> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackAsync(name, context, _ => operation());
    }

    /// <summary>
    /// Runs an asynchronous function as an operation and passes the scope to it. With the scope the function can charge bytes
    /// (<see cref="OperationScope.Charge"/>), set a budget, or mark the operation failed.
    /// </summary>
    /// <typeparam name="T">The function's result.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
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
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
    /// <param name="operation">The function; called once.</param>
    public static Task TrackAsync(this IMemoryWatch watch, string name, OperationContext context, Func<Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return watch.TrackAsync(name, context, _ => operation());
    }

    /// <summary>Runs an asynchronous function without a result as an operation and passes the scope to it.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
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
    /// Runs an asynchronous function that returns a <see cref="ValueTask{TResult}"/> as an operation and passes the scope to it. The name
    /// differs from <c>TrackAsync</c> because an asynchronous lambda would match both.
    /// </summary>
    /// <typeparam name="T">The function's result.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Download</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
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
    /// Tracks each enumeration of a sequence as an operation, from its first step until its enumerator is disposed. Each step runs inside
    /// the operation; code that the consumer runs between two steps does not.
    /// </summary>
    /// <typeparam name="T">The sequence's items.</typeparam>
    /// <param name="watch">The watch.</param>
    /// <param name="name">The operation, such as <c>Export</c>; from a small set, because it becomes a metric tag.</param>
    /// <param name="context">The subject of the operation, such as a user; a string converts to it.</param>
    /// <param name="sequence">The sequence. An exception that leaves it marks the operation failed or cancelled.</param>
    /// <returns>A sequence of the same items.</returns>
    public static IAsyncEnumerable<T> TrackAsync<T>(
        this IMemoryWatch watch, string name, OperationContext context, IAsyncEnumerable<T> sequence)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(sequence);
        return new TrackedSequence<T>(watch, name, context, sequence);
    }
}
