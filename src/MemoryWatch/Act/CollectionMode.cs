namespace MemoryWatch.Act;

/// <summary>What a forced GC is for.</summary>
internal enum CollectionMode
{
    /// <summary>To find out how much of the heap is garbage. Without compacting, it is quick.</summary>
    Verifying,

    /// <summary>To free garbage.</summary>
    Compacting,

    /// <summary>To return committed memory to the system as well. That costs more, and the process must request the returned memory again.</summary>
    Aggressive,
}
