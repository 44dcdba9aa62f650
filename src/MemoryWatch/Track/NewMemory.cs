namespace MemoryWatch.Track;

/// <summary>
/// New memory that a process got within a window, and how much of it threads outside of operations touched first. The kernel gives a process a page
/// when a thread first touches it, and counts that for the thread: whoever fills memory is told apart from who waits, and from who only computes.
/// </summary>
/// <param name="GrownBytes">What resident memory without mapped files grew by.</param>
/// <param name="OutsideBytes">
/// What threads touched first that were outside of operations in the whole window, at least, without the watch's thread and the runtime's.
/// </param>
internal readonly record struct NewMemory(long GrownBytes, long OutsideBytes)
{
    // Smaller growth is in the noise of what any thread touches.
    private const long LeastBytes = 1 << 20;

    private const double MuchOfIt = 0.25;
    private const double MostOfIt = 0.5;

    /// <summary>Whether threads outside of operations touched so much of it that nobody else can be the only one.</summary>
    public bool IsMuchOutside => OutsideBytes >= GrownBytes * MuchOfIt;

    /// <summary>Whether threads outside of operations touched most of it.</summary>
    public bool IsMostOutside => OutsideBytes >= GrownBytes * MostOfIt;

    /// <summary>
    /// Whether the kernel's counts explain the growth. With huge pages they do not: each counts as a small one.
    /// </summary>
    public static bool IsCovered(long? touchedBytes, long grownBytes) =>
        grownBytes >= LeastBytes && touchedBytes >= grownBytes * MostOfIt;

    /// <summary>Whether this is so much that it must be named.</summary>
    public bool IsMuch(long? bytes) => bytes >= GrownBytes * MuchOfIt;

    /// <summary>Whether this is most of it.</summary>
    public bool IsMost(long bytes) => bytes >= GrownBytes * MostOfIt;
}
