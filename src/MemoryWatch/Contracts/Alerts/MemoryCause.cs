using System.Globalization;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// The most likely cause of memory growth: how the process's resident memory changed within a time window, and which operations allocated in
/// it. Allocated is not retained: the bytes that an operation allocated may long be garbage. Sizes are in bytes; an unknown size is
/// <see langword="null"/>.
/// </summary>
public sealed class MemoryCause
{
    /// <summary>
    /// Time since the growth began; all numbers are for this window. It is at most about the <c>SpikeWindow</c> setting, or one minute for a
    /// previous run.
    /// </summary>
    public TimeSpan Window { get; init; }

    /// <summary>The growth to be explained: from the resident memory at the start of the window to the peak since then.</summary>
    public long RiseBytes { get; init; }

    /// <summary>
    /// The change of resident memory from the start of the window until now. It is less than the rise if memory has fallen since the peak.
    /// </summary>
    public long ResidentChangeBytes { get; init; }

    /// <summary>
    /// The part of that change that is GC memory: the committed bytes at the last GC, or the heap in use plus its fragmentation, whichever is
    /// more. Like the native part, it is an estimate.
    /// </summary>
    public long? ManagedChangeBytes { get; init; }

    /// <summary>The part of that change that is anonymous memory outside of the GC.</summary>
    public long? NativeChangeBytes { get; init; }

    /// <summary>The part of that change that is shared memory.</summary>
    public long? SharedChangeBytes { get; init; }

    /// <summary>The part of that change that is mapped files.</summary>
    public long? FileBackedChangeBytes { get; init; }

    /// <summary>Bytes that the whole process allocated on the managed heap within the window, as counted by the runtime.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>
    /// Operations with the most allocated and charged bytes, at most five, the largest first. Empty if allocations are not tracked.
    /// </summary>
    public IReadOnlyList<MemoryCauseOperation> Operations { get; init; } = [];

    /// <summary>Bytes that all other operations allocated together.</summary>
    public long OtherAllocatedBytes { get; init; }

    /// <summary>Bytes that were charged to these other operations.</summary>
    public long OtherChargedBytes { get; init; }

    /// <summary>
    /// Bytes that the process allocated and that are attributed to no operation; 0 or more. It is <see langword="null"/> if the process-wide
    /// count is unavailable or allocations are not tracked.
    /// </summary>
    public long? UnattributedBytes { get; init; }

    /// <summary>
    /// Operations that were in flight within the window, including ended ones: at most five, the latest started first. Their allocated and
    /// charged bytes are not filled in.
    /// </summary>
    public IReadOnlyList<MemoryCauseOperation> InFlight { get; init; } = [];

    /// <summary>Number of operations that were in flight within the window.</summary>
    public long InFlightCount { get; init; }

    /// <summary>Whether the operations are from a black box, which does not record quiet ones.</summary>
    [JsonIgnore]
    internal bool IsRecorded { get; private set; }

    /// <summary>Number of quiet operations that were in flight although the black box has none; <see langword="null"/> if unknown.</summary>
    [JsonIgnore]
    internal int? QuietInFlight { get; private set; }

    /// <summary>Copies a cause that was found in a black box.</summary>
    internal MemoryCause AsRecorded(int? quiet)
    {
        var copy = (MemoryCause)MemberwiseClone();
        (copy.IsRecorded, copy.QuietInFlight) = (true, quiet);
        return copy;
    }

    /// <summary>
    /// Returns one line, such as <c>+83.9 MB within 2.2 s, allocated 83.8 MB, unattributed 3.2 MB, 3 in flight</c>.
    /// <see cref="MemoryDescriptions.Describe(MemoryCause)"/> returns the form that the log shows.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MemoryText.Change(RiseBytes)} within {Window.TotalSeconds:0.#} s, allocated {MemoryText.Megabytes(AllocatedBytes)}, unattributed {MemoryText.Megabytes(UnattributedBytes)}, {InFlightCount} in flight");
}
