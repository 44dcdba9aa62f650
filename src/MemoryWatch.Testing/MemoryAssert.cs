using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Testing;

/// <summary>
/// Assertions for unit tests about what code allocates and what it keeps. They work with every test framework: an assertion that does not hold throws
/// a <see cref="MemoryAssertionException"/> whose message has the numbers.
/// </summary>
/// <remarks>
/// <para>
/// Allocations are counted for the function's own async flow and the flows that it starts, so tests may run in parallel. Not counted is work behind a
/// queue that another flow consumes, and code that runs while the flow of the execution context is suppressed.
/// </para>
/// <para>
/// Retained bytes are those of the whole process, because no object says who keeps it. If another test retains more and more at the same time, run
/// the assertion apart from it (in xunit: a collection with <c>DisableParallelization</c>).
/// </para>
/// <para>
/// Measure a Release build. A Debug build allocates more (each asynchronous method is a class), and the runtime's optimizer may allocate less
/// than the code says.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// MemoryAssert.AllocatesAtMost(200, () => Parser.Parse(line));
/// await MemoryAssert.AllocatesAtMostAsync(2_000, () => handler.HandleAsync(message));
/// MemoryAssert.RetainsAtMost(0, () => manager.Disconnect(manager.Connect(user: 7)));
/// MemoryAssert.Collected(() => new Session(bus));
/// </code>
/// </example>
public static class MemoryAssert
{
    private const int DefaultAllocationCalls = 100;
    private const int DefaultRetentionCalls = 20;
    private const int MaxCollections = 10;

    /// <summary>Asserts how much a function allocates per call, in the median of 5 batches. One batch before them is not measured.</summary>
    /// <param name="maximumBytes">Maximum for a call, in bytes; 0 or more.</param>
    /// <param name="function">The function.</param>
    /// <param name="calls">
    /// Number of calls in a batch, 1 or more. With one call, what your code does only now and then may be missed or count fully.
    /// </param>
    /// <returns>The bytes that a call allocated, in the median.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    /// <exception cref="MemoryAssertionException">The function allocated more.</exception>
    public static long AllocatesAtMost(long maximumBytes, Action function, int calls = DefaultAllocationCalls)
    {
        Check(maximumBytes, function, calls);
        return Judge(AllocationMeasurement.PerCall(count => AllocationMeasurement.Repeat(function, count), calls), maximumBytes, calls);
    }

    /// <inheritdoc cref="AllocatesAtMost(long, Action, int)"/>
    /// <typeparam name="T">The function's result, which counts as allocated by it.</typeparam>
    /// <exception cref="ArgumentException">The function is asynchronous: <see cref="AllocatesAtMostAsync"/> is for those.</exception>
    public static long AllocatesAtMost<T>(long maximumBytes, Func<T> function, int calls = DefaultAllocationCalls)
    {
        Check(maximumBytes, function, calls);
        CheckNotAsynchronous(function, nameof(AllocatesAtMostAsync));
        return Judge(AllocationMeasurement.PerCall(count => AllocationMeasurement.Repeat(function, count), calls), maximumBytes, calls);
    }

    /// <summary>
    /// Asserts how much an asynchronous function allocates per call, in the median of 5 batches. One batch before them is not measured. The calls run
    /// one after another on the thread pool, without a synchronization context.
    /// </summary>
    /// <param name="maximumBytes">Maximum for a call, in bytes; 0 or more.</param>
    /// <param name="function">The function. What it starts and does not wait for counts as far as it has run.</param>
    /// <param name="calls">Number of calls in a batch, 1 or more.</param>
    /// <returns>The bytes that a call allocated, in the median.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    /// <exception cref="MemoryAssertionException">The function allocated more.</exception>
    public static Task<long> AllocatesAtMostAsync(long maximumBytes, Func<Task> function, int calls = DefaultAllocationCalls)
    {
        Check(maximumBytes, function, calls);
        return MeasureAsync();

        async Task<long> MeasureAsync() =>
            Judge(await AllocationMeasurement.PerCallAsync(function, calls).ConfigureAwait(false), maximumBytes, calls);
    }

    /// <summary>
    /// Asserts how much the live heap grows per call. After calls that are not measured, 6 rounds of calls are compared with as much time without
    /// calls; the heap is read after full blocking collections. If it grows too much, or changes without calls too, the measurement is repeated
    /// up to five times, with up to 16 times as many calls, because what other threads do to the heap weighs less then, and a leak does not.
    /// </summary>
    /// <param name="maximumBytes">
    /// Maximum for a call, in bytes; 0 or more. Up to 12 bytes beyond it, half of the smallest object, are not distinguished from it.
    /// </param>
    /// <param name="function">The function.</param>
    /// <param name="calls">Number of calls in a round of the first measurement, 1 to 10,000.</param>
    /// <returns>The growth in bytes per call. It can be below 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in its range.</exception>
    /// <exception cref="MemoryAssertionException">The heap grew more in nearly all rounds of the last three measurements.</exception>
    public static long RetainsAtMost(long maximumBytes, Action function, int calls = DefaultRetentionCalls)
    {
        CheckRetention(maximumBytes, function, calls);
        return JudgeRetention(maximumBytes, count => AllocationMeasurement.Repeat(function, count), calls);
    }

    /// <inheritdoc cref="RetainsAtMost(long, Action, int)"/>
    /// <typeparam name="T">The function's result, which is dropped.</typeparam>
    /// <exception cref="ArgumentException">The function is asynchronous: <see cref="RetainsAtMostAsync"/> is for those.</exception>
    public static long RetainsAtMost<T>(long maximumBytes, Func<T> function, int calls = DefaultRetentionCalls)
    {
        CheckRetention(maximumBytes, function, calls);
        CheckNotAsynchronous(function, nameof(RetainsAtMostAsync));
        return JudgeRetention(maximumBytes, count => AllocationMeasurement.Repeat(function, count), calls);
    }

    /// <inheritdoc cref="RetainsAtMost(long, Action, int)"/>
    public static Task<long> RetainsAtMostAsync(long maximumBytes, Func<Task> function, int calls = DefaultRetentionCalls)
    {
        CheckRetention(maximumBytes, function, calls);
        return Task.Run(async () => Judge(
            await RetentionMeasurement.PerCallAsync(maximumBytes, RepeatAsync, calls).ConfigureAwait(false), maximumBytes));

        async Task RepeatAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await function().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Asserts that the object which a function returns is garbage as soon as nobody holds the result.</summary>
    /// <typeparam name="T">The object's type, which the message names.</typeparam>
    /// <param name="create">Creates the object and does with it what your code does, for example registers and unregisters it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> or its result is <see langword="null"/>.</exception>
    /// <exception cref="MemoryAssertionException">The object is alive after 10 full collections: something refers to it.</exception>
    public static void Collected<T>(Func<T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        CheckNotAsynchronous(create, nameof(CollectedAsync));
        Collected(expected => expected.Add(create(), "the result"));
    }

    /// <summary>Asserts that objects which a function names are garbage when it has returned.</summary>
    /// <param name="function">
    /// Creates the objects and adds them to those expected. Do not keep them in variables outside of it. In a Debug build, objects are kept alive by
    /// the variables of the methods that are running, not by those of this function, which has returned.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The function has added no object, so that nothing was checked.</exception>
    /// <exception cref="MemoryAssertionException">Objects are alive after 10 full collections. The message names the first ten.</exception>
    public static void Collected(Action<ExpectedObjects> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var expected = new ExpectedObjects();
        Run(function, expected);
        Judge(expected, nameof(function));
    }

    /// <summary>Not for asynchronous functions: use <see cref="CollectedAsync"/>.</summary>
    /// <param name="function">The function, which is not called.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    [Obsolete("The function is asynchronous; use CollectedAsync and await it.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Collected(Func<ExpectedObjects, Task> function) => throw new NotSupportedException();

    /// <inheritdoc cref="Collected(Action{ExpectedObjects})"/>
    public static Task CollectedAsync(Func<ExpectedObjects, Task> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Task.Run(async () =>
        {
            var expected = new ExpectedObjects();
            await RunAsync(function, expected).ConfigureAwait(false);

            // The thread may still run the end of the function, which holds the function's variables.
            await Task.Yield();
            Judge(expected, nameof(function));
        });
    }

    // Less than a byte per call more is an object now and then, such as a segment of a queue of the runtime.
    private static long Judge(double perCall, long maximumBytes, int calls) => perCall < maximumBytes + 1d
        ? (long)Math.Round(perCall)
        : throw new MemoryAssertionException(AssertionMessages.Allocated(perCall, maximumBytes, calls));

    private static long JudgeRetention(long maximumBytes, Action<int> batch, int calls) => Judge(
        RetentionMeasurement.PerCallAsync(
            maximumBytes,
            count =>
            {
                batch(count);
                return Task.CompletedTask;
            },
            calls).GetAwaiter().GetResult(),
        maximumBytes);

    private static long Judge(RetentionResult result, long maximumBytes) => result.IsWithin
        ? (long)Math.Round(result.BytesPerCall)
        : throw new MemoryAssertionException(AssertionMessages.Retained(result, maximumBytes));

    private static void Judge(ExpectedObjects expected, string parameter)
    {
        if (expected.Count == 0)
        {
            throw new ArgumentException("The function added no object; add each that must be collected.", parameter);
        }

        IReadOnlyList<string> alive = [];
        for (var collection = 0; collection < MaxCollections; collection++)
        {
            LiveHeap.Collect();
            alive = expected.Alive();
            if (alive.Count == 0)
            {
                return;
            }

            Thread.Yield();
        }

        throw new MemoryAssertionException(AssertionMessages.Alive(alive, expected.Count, MaxCollections));
    }

    // Apart from the caller, whose frame would keep what the function leaves in it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(Action<ExpectedObjects> function, ExpectedObjects expected) => function(expected);

    // The task holds the function's variables, so it must not be a variable of the method that waits for the collection.
    private static async Task RunAsync(Func<ExpectedObjects, Task> function, ExpectedObjects expected) =>
        await function(expected).ConfigureAwait(false);

    private static void Check(long maximumBytes, Delegate function, int calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumBytes);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
    }

    private static void CheckRetention(long maximumBytes, Delegate function, int calls)
    {
        Check(maximumBytes, function, calls);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(calls, 10_000);
    }

    // Measured as if it were synchronous, such a function would be found to do nothing.
    private static void CheckNotAsynchronous<T>(Func<T> function, string instead)
    {
        var type = typeof(T);
        if (typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            throw new ArgumentException($"The function returns a {type.Name}; use {instead}.", nameof(function));
        }
    }
}
