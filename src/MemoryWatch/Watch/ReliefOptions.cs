namespace MemoryWatch;

/// <summary>The settings of the relief of memory, apart from the steps of the application.</summary>
/// <example>
/// <code>
/// // See in the log what relief would do, before it may do it.
/// builder.Services.AddMemoryWatch(options =>
/// {
///     ReliefOptions relief = options.Relief;
///     (relief.ObserveOnly, relief.Target) = (true, "60%");
/// });
/// </code>
/// </example>
public sealed class ReliefOptions
{
    /// <summary>
    /// Whether relief only observes: it logs which steps it would have called, and what that would have freed as far as that can be known, and calls
    /// none; <see langword="false"/> by default.
    /// </summary>
    public bool ObserveOnly { get; set; }

    /// <summary>
    /// Relief begins at the high threshold and ends when usage is below this target; at most <see cref="MemoryWatchOptions.HighThreshold"/>. If
    /// <see langword="null"/>, the default, it is <see cref="MemoryWatchOptions.ElevatedThreshold"/>, some distance below the high threshold, so
    /// that memory is not high again at once.
    /// </summary>
    public MemoryThreshold? Target { get; set; }

    /// <summary>
    /// Whether free native memory is returned to the system while memory is high (<c>malloc_trim</c>); <see langword="true"/> by default. It has no
    /// effect where the C library has no such call: with musl, as in Alpine images, and outside of Linux.
    /// </summary>
    public bool TrimNativeHeap { get; set; } = true;
}
