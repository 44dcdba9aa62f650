namespace MemoryWatch.Judge;

/// <summary>Why no operation is cancelled.</summary>
internal enum NoFattestReason
{
    /// <summary>One is.</summary>
    None,

    /// <summary>Memory has not grown since it was last healthy, or that is unknown.</summary>
    NoGrowth,

    /// <summary>No operation in flight has a source with which it could be cancelled, or each was cancelled before.</summary>
    NoSource,

    /// <summary>Each of them waits: it has taken nothing lately.</summary>
    AllWait,

    /// <summary>None that is at work has taken a quarter of the growth.</summary>
    TooSmall,
}
