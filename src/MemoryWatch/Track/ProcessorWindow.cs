namespace MemoryWatch.Track;

/// <summary>Which operations had the processor within a window of time.</summary>
/// <param name="Operations">The operations that are on a thread now, each once, the oldest first; those that waited are included.</param>
/// <param name="Outside">
/// Processor time of threads that were outside of operations, without the watch's thread and the runtime's; <see langword="null"/> if unknown.
/// </param>
/// <param name="OutsideRan">
/// Whether threads outside of operations ran enough to have allocated; also <see langword="true"/> if that is unknown. Then nobody is "most
/// likely".
/// </param>
internal sealed record ProcessorWindow(IReadOnlyList<RunningOperation> Operations, TimeSpan? Outside, bool OutsideRan)
{
    /// <summary>Nothing is known, so nobody is accused.</summary>
    public static ProcessorWindow Unknown { get; } = new([], null, OutsideRan: true);

    /// <summary>The operations that ran, the oldest first.</summary>
    public IEnumerable<RunningOperation> Ran => Operations.Where(static o => o.HasRun);
}
