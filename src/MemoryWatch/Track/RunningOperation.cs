namespace MemoryWatch.Track;

/// <summary>What the threads that run an operation's flows did within a window of time.</summary>
internal enum RunState
{
    /// <summary>The kernel does not say, or the operation has been on its thread for too short a time.</summary>
    Unknown,

    /// <summary>The operation waited: in a lock, in synchronous I/O, or asleep. It is never accused.</summary>
    Waited,

    /// <summary>
    /// It mostly waited, but no other thread of the process had the processor for a tenth of its time: it may have worked between short waits.
    /// </summary>
    RanMost,

    /// <summary>It had the processor, or was ready for it, for at least half of the window since its last hop.</summary>
    Ran,

    /// <summary>Its threads were the first to touch much of the memory that the process got: it filled it, whether with pauses or without.</summary>
    Touched,
}

/// <summary>An operation whose flow is on a thread now.</summary>
/// <param name="Operation">The operation, of this watch; it may have ended.</param>
/// <param name="State">What its threads did; of several threads, the busiest.</param>
/// <param name="Since">
/// How long the flow has been on its thread without a hop: the time in which it attributed nothing. Of several threads, the longest of those
/// that determine <see cref="State"/>. May begin before the window.
/// </param>
/// <param name="Processor">Processor time of its threads within the window, at least.</param>
internal readonly record struct RunningOperation(Operation Operation, RunState State, TimeSpan Since, TimeSpan Processor)
{
    /// <summary>Bytes of new memory that its threads touched within the window, at least; <see langword="null"/> if unknown.</summary>
    public long? TouchedAtLeast { get; init; }

    /// <summary>Maximum of the same.</summary>
    public long? TouchedAtMost { get; init; }

    /// <summary>Whether it may be named as what most likely allocated what nobody has handed in.</summary>
    public bool HasRun => State is RunState.Ran or RunState.RanMost or RunState.Touched;
}
