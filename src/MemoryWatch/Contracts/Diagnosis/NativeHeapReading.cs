namespace MemoryWatch;

/// <summary>What the C library says of the native heap. Only glibc has these numbers.</summary>
/// <param name="ArenaCount">Number of arenas.</param>
/// <param name="SystemBytes">Bytes that the C library obtained from the kernel.</param>
/// <param name="FreeBytes">
/// Bytes that the program has freed and the C library keeps. It is an upper bound of what <c>malloc_trim</c> would return, because pages that were
/// returned already still count.
/// </param>
/// <param name="Time">Time of the reading (UTC).</param>
/// <example>
/// <code>
/// if (watch.Current.NativeHeap is NativeHeapReading { FreeBytes: > 64 &lt;&lt; 20 } heap)
/// {
///     Console.WriteLine($"{heap.ArenaCount} arenas of malloc keep {heap.FreeBytes >> 20} MB free: set MALLOC_ARENA_MAX=2");
/// }
/// </code>
/// </example>
public sealed record NativeHeapReading(int ArenaCount, long SystemBytes, long FreeBytes, DateTimeOffset Time);
