namespace MemoryWatch.Watch;

/// <summary>The wait between two ticks. A seam: real time in production, a test's own elsewhere.</summary>
internal interface IPacer
{
    /// <summary>Waits for the interval, or less if woken.</summary>
    void Wait(TimeSpan interval);

    /// <summary>Ends the wait that is under way, or else the next one. From any thread.</summary>
    void Wake();
}
