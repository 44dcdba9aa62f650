using System.Globalization;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// The most likely cause of memory growth: how memory changed within a time window, and which operations allocated in it. Allocated is not
/// retained: the bytes that an operation allocated may long be garbage. Sizes are in bytes; an unknown size is <see langword="null"/>.
/// </summary>
/// <example>
/// <code>
/// if (alert.Cause is { } cause)
/// {
///     await SendAsync($"{cause.Describe()}, in flight: {cause.InFlightCount}");
/// }
/// </code>
/// </example>
public sealed class MemoryCause
{
    private IReadOnlyList<MemoryCauseOperation> _operations = [];
    private IReadOnlyList<MemoryCauseOperation> _inFlight = [];
    private IReadOnlyList<MemoryCauseOperation> _atWork = [];
    private IReadOnlyList<MemoryCauseOperation> _waiting = [];
    private MemoryCauseOperation? _alone;

    /// <summary>
    /// Time since the growth began; all numbers are for this window. It is at most about the <c>SpikeWindow</c> setting, or one minute for a
    /// previous run.
    /// </summary>
    public TimeSpan Window { get; init; }

    /// <summary>
    /// The growth to be explained, from the start of the window to the peak since then: of used memory if <see cref="UsedChangeBytes"/> is known,
    /// otherwise of the process's resident memory.
    /// </summary>
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

    /// <summary>
    /// The change of the used memory that the zone is judged by, if the cause explains that memory and part of it is outside of this process: for
    /// a zone, for high memory and for a previous run, in a container or on a machine without a limit. It is <see langword="null"/> for a cause
    /// that explains the memory of this process.
    /// </summary>
    public long? UsedChangeBytes { get; init; }

    /// <summary>
    /// The change of used memory outside of this process, in the container or, without a container limit, on the machine. It is part of
    /// <see cref="UsedChangeBytes"/>, and may be known even if the cause explains the memory of this process.
    /// </summary>
    public long? OutsideChangeBytes { get; init; }

    /// <summary>Which limit the memory outside of this process counts against.</summary>
    public LimitSource Source { get; init; }

    /// <summary>
    /// The part that grew most. Files that the process has mapped do not count if <see cref="UsedChangeBytes"/> is known, and memory outside of
    /// the process only then.
    /// </summary>
    public MemoryCausePart MainPart
    {
        get
        {
            var (main, most) = (MemoryCausePart.Unknown, 0L);
            Compare(MemoryCausePart.Managed, ManagedChangeBytes);
            Compare(MemoryCausePart.Native, NativeChangeBytes);
            Compare(MemoryCausePart.Shared, SharedChangeBytes);
            Compare(MemoryCausePart.FileBacked, UsedChangeBytes is null ? FileBackedChangeBytes : null);
            Compare(MemoryCausePart.Outside, UsedChangeBytes is null ? null : OutsideChangeBytes);
            return main;

            void Compare(MemoryCausePart part, long? bytes)
            {
                if (bytes > most)
                {
                    (main, most) = (part, bytes.Value);
                }
            }
        }
    }

    /// <summary>Bytes that the whole process allocated on the managed heap within the window, as counted by the runtime.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>
    /// Operations with the most allocated and charged bytes, at most five, the largest first. If most of what was allocated is unattributed, only
    /// those with at least a tenth of it. Empty if allocations are not tracked, and if <see cref="MainPart"/> is outside of this process.
    /// </summary>
    public IReadOnlyList<MemoryCauseOperation> Operations
    {
        get => _operations;
        init => _operations = value;
    }

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
    /// Operations that were in flight within the window, including ended ones: at most five, those that still are first, and of these the
    /// latest started. Their allocated and charged bytes are not filled in.
    /// </summary>
    public IReadOnlyList<MemoryCauseOperation> InFlight
    {
        get => _inFlight;
        init => _inFlight = value;
    }

    /// <summary>Number of operations that were in flight within the window, including ended ones.</summary>
    public long InFlightCount { get; init; }

    /// <summary>The highest number of operations that a reading within the window found in flight at once; 0 if it is unknown.</summary>
    public long MostInFlight { get; init; }

    /// <summary>
    /// Operations in flight that filled the memory, the oldest first, at most five: those whose threads were the first to touch most of it
    /// (<see cref="MemoryCauseOperation.TouchedNewMemory"/>). If that is unknown, those that had the processor for at least half of the time before
    /// the last reading. The bytes that they allocate are not attributed before they pause or end. Empty if it is unknown which threads ran.
    /// </summary>
    public IReadOnlyList<MemoryCauseOperation> AtWork
    {
        get => _atWork;
        init => _atWork = value;
    }

    /// <summary>Number of operations at work, including those that <see cref="AtWork"/> does not list.</summary>
    public int AtWorkCount { get; init; }

    /// <summary>
    /// Operations in flight that were not at work, the oldest first, at most five. Operations that enclose one at work are not among them. Empty
    /// if it is unknown which threads ran.
    /// </summary>
    public IReadOnlyList<MemoryCauseOperation> Waiting
    {
        get => _waiting;
        init => _waiting = value;
    }

    /// <summary>Number of operations that were waiting, including those that <see cref="Waiting"/> does not list.</summary>
    public int WaitingCount { get; init; }

    /// <summary>
    /// If native, shared or file-backed memory grew most: the operation that was the only one in flight while more than half of that happened;
    /// <see langword="null"/> if there is none, or if only one was in flight at all.
    /// </summary>
    public MemoryCauseOperation? Alone
    {
        get => _alone;
        init => _alone = value;
    }

    /// <summary>What that memory grew by while <see cref="Alone"/> was the only operation in flight.</summary>
    public long? AloneChangeBytes { get; init; }

    /// <summary>
    /// Whether threads outside of any operation touched a quarter or more of the new memory or, if that is unknown, used 2 % of a processor or more;
    /// <see langword="null"/> if it is unknown which threads ran.
    /// </summary>
    public bool? OthersRan { get; init; }

    /// <summary>
    /// Whether the operations at work have most likely allocated <see cref="UnattributedBytes"/>: most of what was allocated is unattributed, and
    /// nobody else did.
    /// </summary>
    public bool IsUnattributedAtWork => IsMostlyUnattributed && AtWork.Count > 0 && OthersRan == false;

    /// <summary>Whether more than half of the allocated bytes are unattributed and were not charged either.</summary>
    [JsonIgnore]
    internal bool IsMostlyUnattributed =>
        UnattributedBytes - Operations.SumBytes(o => o.ChargedBytes) - OtherChargedBytes > AllocatedBytes / 2;

    /// <summary>Whether the operations are from a black box, which does not record all quiet ones.</summary>
    [JsonIgnore]
    internal bool IsRecorded { get; private set; }

    /// <summary>Number of quiet operations in flight that the black box does not name; <see langword="null"/> if unknown.</summary>
    [JsonIgnore]
    internal int? QuietInFlight { get; private set; }

    /// <summary>Copies the cause without the contexts of its operations.</summary>
    internal MemoryCause WithoutContexts()
    {
        var copy = (MemoryCause)MemberwiseClone();
        (copy._operations, copy._inFlight) = (Without(_operations), Without(_inFlight));
        (copy._atWork, copy._waiting) = (Without(_atWork), Without(_waiting));
        copy._alone = _alone?.WithoutContext();
        return copy;

        static MemoryCauseOperation[] Without(IReadOnlyList<MemoryCauseOperation> operations) => [.. operations.Select(o => o.WithoutContext())];
    }

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
