namespace MemoryWatch;

/// <summary>Why the GC's limit is not set.</summary>
internal enum HeapLimitRefusal
{
    /// <summary>It is set.</summary>
    None,

    /// <summary>The user has set one.</summary>
    SetByUser,

    /// <summary>Nothing limits the container.</summary>
    NoLimit,

    /// <summary>It is not known how much memory is used.</summary>
    Unknown,

    /// <summary>The GC's own limit is as low already.</summary>
    AlreadyLower,

    /// <summary>Native memory and the reserve leave too little for the heap.</summary>
    TooLittle,

    /// <summary>The runtime did not take it.</summary>
    RefusedByRuntime,
}

/// <summary>The limit that the GC is to have, or the reason why it is to keep its own.</summary>
/// <param name="Refusal">The reason.</param>
/// <param name="Bytes">The limit that was computed, in bytes; <see langword="null"/> if none was.</param>
/// <param name="BesideBytes">What is left for everything but the heap, without the reserve, in bytes.</param>
/// <param name="OwnBytes">The GC's own limit, in bytes; <see langword="null"/> if it has none.</param>
internal readonly record struct HeapLimitDecision(HeapLimitRefusal Refusal, long? Bytes = null, long? BesideBytes = null, long? OwnBytes = null)
{
    /// <summary>The limit that leaves only a quarter of the reserve, for a heap that has committed more than <see cref="Bytes"/> already.</summary>
    public long? MostBytes { get; init; }
}
