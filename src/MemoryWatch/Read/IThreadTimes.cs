namespace MemoryWatch.Read;

/// <summary>
/// Reads which threads of this process had the processor, and which got new memory. No method throws. Used by the watch thread only; allocates nothing except where noted.
/// </summary>
internal interface IThreadTimes
{
    /// <summary>The times of a thread since its start; <see langword="null"/> if it has ended or the kernel does not count them.</summary>
    /// <param name="threadId">The kernel's id of the thread.</param>
    ThreadTime? Read(int threadId);

    /// <summary>Whether the thread has the processor, or is ready for it, at this moment; <see langword="null"/> if that is unknown.</summary>
    bool? IsRunning(int threadId);

    /// <summary>Processor time of the whole process in nanoseconds, threads that have ended included.</summary>
    long? ReadProcess();

    /// <summary>
    /// Bytes of new memory that the thread got since its start, because it was the first to touch a page; <see langword="null"/> if it has ended or
    /// the kernel does not count. Huge pages count as one page, so the number may be too small.
    /// </summary>
    long? ReadTouched(int threadId);

    /// <summary>The same for the whole process, threads that have ended included.</summary>
    long? ReadProcessTouched();

    /// <summary>Kernel ids of this thread and of the runtime's threads, such as those of the GC and the JIT compiler. Allocates.</summary>
    int[] FindRuntimeThreads();
}

/// <summary>The times of a thread since its start, in nanoseconds.</summary>
/// <param name="Processor">Time on the processor.</param>
/// <param name="Ready">Time in which it was ready but had to wait for a processor, for example while its cgroup was throttled.</param>
internal readonly record struct ThreadTime(long Processor, long Ready)
{
    /// <summary>Time in which the thread did not sleep or wait for something.</summary>
    public long Busy => Processor + Ready;

    public static ThreadTime operator -(ThreadTime left, ThreadTime right) => new(left.Processor - right.Processor, left.Ready - right.Ready);
}
