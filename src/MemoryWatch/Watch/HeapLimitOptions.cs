namespace MemoryWatch;

/// <summary>
/// The settings of the heap limit, which turns a kill into an exception: MemoryWatch lowers the GC's limit once to what the container leaves beside
/// native memory and a reserve. It is off by default.
/// </summary>
/// <remarks>
/// A heap at its limit throws an <see cref="OutOfMemoryException"/>, which the program may survive; a container at its limit is killed. The price: near
/// the limit, most of the time is spent in GCs. A limit that you have set yourself is never changed.
/// </remarks>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options =>
/// {
///     HeapLimitOptions heapLimit = options.HeapLimit;
///     (heapLimit.Enabled, heapLimit.Reserve) = (true, "15%");
/// });
/// </code>
/// </example>
public sealed class HeapLimitOptions
{
    /// <summary>Whether MemoryWatch sets the limit; <see langword="false"/> by default.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// What stays free of the container's limit, because native memory grows and the GC needs some memory beyond its heap: 10 % of the limit by default,
    /// at least 1 MB.
    /// </summary>
    public MemoryThreshold Reserve { get; set; } = MemoryThreshold.Relative(0.1);
}
