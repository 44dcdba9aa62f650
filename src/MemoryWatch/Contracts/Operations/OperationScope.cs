namespace MemoryWatch;

/// <summary>
/// An operation in flight, from <c>Track</c>. Dispose it when the operation ends. You can dispose it twice, on another thread, or after the
/// watch has stopped. After its end, the scope keeps only its name and its place among the enclosing operations.
/// </summary>
/// <remarks>
/// The async flow that started the operation, and the flows that this flow starts, work for the operation until it ends. MemoryWatch charges
/// the bytes that they allocate to it: see <see cref="OperationAllocation"/>. Derive from it for an own implementation of
/// <see cref="IMemoryWatch"/>, as the fake in the package <c>MemoryWatch.Testing</c> does.
/// </remarks>
/// <example>
/// <code>
/// using OperationScope scope = watch.Track("Download", $"User {userId}");
/// try
/// {
///     await DownloadAsync(userId);
/// }
/// catch (HttpRequestException exception)
/// {
///     scope.Fail(exception);
/// }
/// </code>
/// </example>
public abstract class OperationScope : IDisposable
{
    /// <summary>Creates the scope of an operation.</summary>
    /// <param name="id">The operation's number, as in its journal entries.</param>
    /// <param name="name">The operation's name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    protected OperationScope(long id, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Id, Name) = (id, name);
    }

    /// <summary>
    /// A scope of no operation. A disabled watch returns it, and a test implementation of <see cref="IMemoryWatch"/> can return it. Disposing
    /// it has no effect.
    /// </summary>
    public static OperationScope None { get; } = new NoOperation();

    /// <summary>The operation's number, as in its journal entries; 0 if the watch is disabled or has stopped.</summary>
    public long Id { get; }

    /// <summary>The operation's name; safe to print. Empty if the watch is disabled or has stopped.</summary>
    public string Name { get; }

    /// <summary>
    /// Bytes that the operation has allocated so far. The allocated bytes are 0 if allocations are not tracked; charged bytes count in any
    /// case.
    /// </summary>
    public abstract OperationAllocation Allocation { get; }

    /// <summary>
    /// Marks the operation failed, or cancelled if the exception is an <see cref="OperationCanceledException"/>. The operation still ends when
    /// you dispose the scope. Only the first call counts. Has no effect if the operation has already ended.
    /// </summary>
    /// <param name="exception">The reason; its type and message are recorded, escaped and capped at 256 characters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        FailCore(exception);
    }

    /// <summary>Marks the operation failed like <see cref="Fail(Exception)"/>, for a failure without an exception.</summary>
    /// <param name="reason">The reason, such as <c>HTTP 503</c>; recorded as text, escaped and capped at 256 characters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reason"/> is <see langword="null"/>.</exception>
    public void Fail(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        FailCore(reason);
    }

    /// <summary>
    /// Charges bytes that were allocated for this operation and that the watch cannot attribute to it, for example by the loop of a library.
    /// They are shown as charged, next to the measured bytes. Has no effect if the operation has already ended.
    /// </summary>
    /// <param name="bytes">Number of bytes, measured or estimated; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public void Charge(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ChargeCore(bytes);
    }

    /// <summary>
    /// The part of the budget of this operation that remains to be reported, because each part raises only one alert. It is
    /// <see langword="null"/> if the operation has no budget, if every part was reported, and after the end.
    /// </summary>
    public abstract OperationBudget? Budget { get; }

    /// <summary>
    /// Gives this operation a budget that replaces the one for its name. Exceeding a part raises one alert with the operation, its context and
    /// its age. Bytes that were allocated before the call count. Has no effect if the operation has already ended.
    /// </summary>
    /// <param name="allocated">Maximum that it may allocate, nested operations included; above zero.</param>
    /// <param name="change">Maximum growth of the process's resident memory since its start; above zero.</param>
    /// <exception cref="ArgumentException">Neither is given, or one is zero.</exception>
    public void SetBudget(MemorySize? allocated = null, MemorySize? change = null) =>
        SetBudgetCore(new OperationBudget(allocated, change));

    /// <summary>
    /// Lets the watch cancel this operation if memory is about to run out, nothing else has helped, and it has taken the most
    /// (<see cref="CancelFattestOptions"/>). Its outcome is then cancelled, with that reason. Without that setting, and if the operation has already
    /// ended, it has no effect. Only the first call counts.
    /// </summary>
    /// <param name="source">
    /// The source whose token the operation obeys. You dispose it, after the operation has ended.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is <see langword="null"/>.</exception>
    public void CancelWith(CancellationTokenSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CancelWithCore(source);
    }

    /// <summary>
    /// Makes the current flow work for this operation during a block of code, whatever started that flow. Use it in the consumer of a channel,
    /// or in a worker that many operations share. The bytes that the block and the flows started in it allocate are charged to this operation.
    /// </summary>
    /// <returns>The block; dispose it at its end. Entering has no effect if the operation has already ended.</returns>
    public abstract EnteredOperation Enter();

    /// <summary>Ends the operation: one line in the log and one entry in the journal. Has no effect if the operation has already ended.</summary>
    public abstract void Dispose();

    /// <summary>Marks the operation failed or cancelled.</summary>
    /// <param name="exception">The reason.</param>
    protected abstract void FailCore(Exception exception);

    /// <summary>Marks the operation failed.</summary>
    /// <param name="reason">The reason, as it was given.</param>
    protected abstract void FailCore(string reason);

    /// <summary>Charges bytes to the operation.</summary>
    /// <param name="bytes">Number of bytes; 0 or more.</param>
    protected abstract void ChargeCore(long bytes);

    /// <summary>Gives the operation a budget.</summary>
    /// <param name="budget">The budget, which replaces any other.</param>
    protected abstract void SetBudgetCore(OperationBudget budget);

    /// <summary>Lets the watch cancel the operation; does nothing unless it is overridden.</summary>
    /// <param name="source">The source whose token the operation obeys.</param>
    protected virtual void CancelWithCore(CancellationTokenSource source)
    {
    }

    /// <summary>
    /// Restores the current flow's previous operation, if the flow works for this operation. Called when the block that <see cref="Enter"/>
    /// returned is disposed.
    /// </summary>
    /// <param name="before">The previous operation; <see langword="null"/> for none.</param>
    protected internal abstract void Leave(OperationScope? before);

    private sealed class NoOperation() : OperationScope(0, string.Empty)
    {
        public override OperationAllocation Allocation => default;

        public override OperationBudget? Budget => null;

        public override EnteredOperation Enter() => default;

        public override void Dispose()
        {
        }

        protected override void FailCore(Exception exception)
        {
        }

        protected override void FailCore(string reason)
        {
        }

        protected override void ChargeCore(long bytes)
        {
        }

        protected override void SetBudgetCore(OperationBudget budget)
        {
        }

        protected internal override void Leave(OperationScope? before)
        {
        }
    }
}
