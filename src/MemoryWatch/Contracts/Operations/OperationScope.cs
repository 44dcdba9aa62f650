namespace MemoryWatch;

/// <summary>
/// An operation in flight, from <c>Track</c>. Dispose it when the operation ends; disposing twice, on another thread or
/// after the watch has stopped does no harm. Once ended it keeps nothing of the operation alive but its name and place.
/// </summary>
/// <remarks>
/// What is allocated until then by the async flow that started it, and by the flows that this one starts, is charged to it: see
/// <see cref="OperationAllocation"/>.
/// </remarks>
public abstract class OperationScope : IDisposable
{
    private protected OperationScope(long id, string name) => (Id, Name) = (id, name);

    /// <summary>
    /// A scope of no operation: what a watch that is switched off hands out, and what a test's own
    /// <see cref="IMemoryWatch"/> can. Ending it does nothing.
    /// </summary>
    public static OperationScope None { get; } = new NoOperation();

    /// <summary>The operation's number, as in its journal entries; 0 where the watch is switched off.</summary>
    public long Id { get; }

    /// <summary>The operation's name; safe to print, empty where the watch is switched off.</summary>
    public string Name { get; }

    /// <summary>What it has allocated so far; all zero where allocations are not tracked.</summary>
    public abstract OperationAllocation Allocation { get; }

    /// <summary>
    /// Says that the operation failed, or was cancelled where the exception is an <see cref="OperationCanceledException"/>.
    /// It still ends when the scope is disposed. The first call counts; after the end it does nothing.
    /// </summary>
    /// <param name="exception">Why; its type and message are entered, escaped and capped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        FailBy(exception);
    }

    /// <summary>As <see cref="Fail(Exception)"/>, for a failure without an exception.</summary>
    /// <param name="reason">Why, such as <c>HTTP 503</c>; entered as text, escaped and capped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reason"/> is null.</exception>
    public void Fail(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        FailBy(reason);
    }

    /// <summary>
    /// Charges what was allocated for this operation where the watch cannot see it: by a library's own loop, say. It shows as
    /// charged beside what was measured. After the end it does nothing.
    /// </summary>
    /// <param name="bytes">How many bytes, measured or estimated.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public void Charge(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        AddCharge(bytes);
    }

    /// <summary>
    /// This operation's budget: what is left of it to be reported, as each part raises one alert. <see langword="null"/> if it has none.
    /// </summary>
    public abstract OperationBudget? Budget { get; }

    /// <summary>
    /// Gives this operation a budget that replaces the one for its name. Exceeding a part raises one alert with the operation, its context and its age.
    /// What was allocated so far counts. Has no effect if the operation has already ended.
    /// </summary>
    /// <param name="allocated">Maximum that it may allocate, nested operations included; above zero.</param>
    /// <param name="change">Maximum growth of the process's resident memory since its start; above zero.</param>
    /// <exception cref="ArgumentException">Neither is given, or one is zero.</exception>
    public void SetBudget(MemorySize? allocated = null, MemorySize? change = null) => Use(new OperationBudget(allocated, change));

    /// <summary>
    /// Lets the current flow work for this operation for a block of code, wherever that flow came from: a consumer of a channel, or a
    /// worker that many operations share. What the block allocates, and what it starts, is charged to this operation.
    /// </summary>
    /// <returns>The block; dispose it at its end. Of an operation that has ended it changes nothing.</returns>
    public abstract EnteredOperation Enter();

    /// <summary>Ends the operation: a line in the log, an entry in the journal.</summary>
    public abstract void Dispose();

    private protected abstract void FailBy(object failure);

    private protected abstract void AddCharge(long bytes);

    private protected abstract void Use(OperationBudget budget);

    /// <summary>Lets the current flow work for what it worked for before, if it works for this operation.</summary>
    /// <param name="before">What that was; nothing for no operation.</param>
    internal abstract void Leave(OperationScope? before);

    private sealed class NoOperation() : OperationScope(0, string.Empty)
    {
        public override OperationAllocation Allocation => default;

        public override OperationBudget? Budget => null;

        public override EnteredOperation Enter() => default;

        public override void Dispose()
        {
        }

        private protected override void FailBy(object failure)
        {
        }

        private protected override void AddCharge(long bytes)
        {
        }

        private protected override void Use(OperationBudget budget)
        {
        }

        internal override void Leave(OperationScope? before)
        {
        }
    }
}
