namespace MemoryWatch.Watch;

/// <summary>Waits between two ticks: in real time in production, and under a test's control in tests.</summary>
internal interface IPacer
{
    /// <summary>Waits for the interval, or less if woken.</summary>
    void Wait(TimeSpan interval);

    /// <summary>
    /// Lets later waits end as soon as the managed heap in use reaches this size; <see langword="null"/> for never. Called between waits.
    /// </summary>
    void CallFromHeap(long? bytes);

    /// <summary>Ends the current wait, or else the next one. May be called on any thread.</summary>
    void Wake();
}
