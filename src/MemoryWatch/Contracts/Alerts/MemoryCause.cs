using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// What most likely made memory grow: how the process's resident memory changed within a window, and who allocated in it. Allocated
/// is not retained: what an operation allocated may long be garbage. Sizes are bytes; one that is not known is absent.
/// </summary>
public sealed class MemoryCause
{
    /// <summary>How long ago the growth began: what is told happened since then. At most about the <c>SpikeWindow</c> setting; a minute for a previous run.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>The growth that is explained: from the resident memory at the window's start to the highest since.</summary>
    public long RiseBytes { get; init; }

    /// <summary>The change of resident memory from the window's start until now; less than the rise where memory has come back.</summary>
    public long ResidentChangeBytes { get; init; }

    /// <summary>
    /// The part of that change which is the GC's memory: what it held at its last collection, or the heap in use and its gaps, whichever is
    /// more. An estimate, as is the native part.
    /// </summary>
    public long? ManagedChangeBytes { get; init; }

    /// <summary>The part that is anonymous memory and not the GC's.</summary>
    public long? NativeChangeBytes { get; init; }

    /// <summary>The part that is shared memory.</summary>
    public long? SharedChangeBytes { get; init; }

    /// <summary>The part that maps files.</summary>
    public long? FileBackedChangeBytes { get; init; }

    /// <summary>What the whole process allocated on the managed heap within the window, from the runtime's own count.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Those that allocated or were charged most, at most five, the most first; none where allocations are not tracked.</summary>
    public IReadOnlyList<MemoryCauseOperation> Operations { get; init; } = [];

    /// <summary>What other operations allocated together.</summary>
    public long OtherAllocatedBytes { get; init; }

    /// <summary>What was charged to these others.</summary>
    internal long OtherChargedBytes { get; init; }

    /// <summary>
    /// What the process allocated and no operation is known to have: 0 or more. Absent where the process's count is, or allocations are
    /// not tracked.
    /// </summary>
    public long? UnattributedBytes { get; init; }

    /// <summary>Operations that were in flight within the window, ended ones included: at most five, the last started first.</summary>
    public IReadOnlyList<MemoryCauseOperation> InFlight { get; init; } = [];

    /// <summary>How many were in flight within the window.</summary>
    public long InFlightCount { get; init; }

    /// <summary>
    /// One line: <c>+83.9 MB within 2.2 s, allocated 83.8 MB, unattributed 3.2 MB, 3 in flight</c>. The form that the log shows comes from
    /// <see cref="MemoryDescriptions.Describe(MemoryCause)"/>.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MemoryText.Change(RiseBytes)} within {Window.TotalSeconds:0.#} s, allocated {MemoryText.Megabytes(AllocatedBytes)}, unattributed {MemoryText.Megabytes(UnattributedBytes)}, {InFlightCount} in flight");
}
