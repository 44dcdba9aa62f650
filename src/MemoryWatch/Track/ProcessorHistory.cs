namespace MemoryWatch.Track;

/// <summary>Knows which operations had the processor since a reading of the history. Used by the watch thread only.</summary>
internal sealed class ProcessorHistory
{
    private readonly ProcessorWindow _window = ProcessorWindow.Unknown;
    private long _last;

    /// <summary>Keeps the times for a reading of the history. Call it at every tick.</summary>
    /// <param name="number">Number of the last reading of the history.</param>
    /// <param name="isKept">Whether this tick's reading was kept under that number, in place of an earlier one.</param>
    public void Keep(long number, bool isKept) => _last = isKept ? number : _last;

    /// <summary>Who had the processor since that reading, looked at now. Reads some files; call it only to explain growth.</summary>
    /// <param name="number">Number of the reading at which the growth began.</param>
    public ProcessorWindow Since(long number) => number <= _last ? _window : ProcessorWindow.Unknown;
}
