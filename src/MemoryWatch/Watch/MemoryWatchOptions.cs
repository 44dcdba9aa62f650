using MemoryWatch.BlackBox.Record;
using MemoryWatch.Watch;

namespace MemoryWatch;

/// <summary>
/// The settings of a watch. Thresholds are amounts (<c>"400MB"</c>) or parts of the limit (<c>"78%"</c>), and can be assigned as text. The
/// settings are checked when the watch is created; see <see cref="Validate"/>.
/// </summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch((MemoryWatchOptions options) =>
/// {
///     options.Limit = "512MB";
///     options.PeriodicInterval = TimeSpan.FromMinutes(30);
///     options.SetBudget("Download", allocated: "80MB");
/// });
/// </code>
/// </example>
public sealed class MemoryWatchOptions
{
    /// <summary>The configuration section from which the settings are bound: <c>MemoryWatch</c>.</summary>
    public const string SectionName = "MemoryWatch";

    private readonly List<string> _unreadable = [];
    private readonly Dictionary<string, OperationBudget> _budgets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the watch is enabled; <see langword="true"/> by default. A disabled watch logs nothing, reads memory only once at its start, and
    /// costs next to nothing.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The limit for this process's resident memory, at least 16 MB. If <see langword="null"/>, the default, the container's limit applies, or
    /// the machine's physical memory if there is none.
    /// </summary>
    public MemorySize? Limit { get; set; }

    /// <summary>
    /// Time between two readings while the limit is far; 1 s by default, 100 ms to 1 min. Near the limit, memory is read as often as every 100
    /// ms.
    /// </summary>
    public TimeSpan Interval { get; set; } = MemoryWatchDefaults.Interval;

    /// <summary>Memory is elevated at or above this usage; 350/512 of the limit by default.</summary>
    public MemoryThreshold ElevatedThreshold { get; set; } = MemoryWatchDefaults.ElevatedThreshold;

    /// <summary>At or above this usage the high-memory alert is raised and relief begins; 400/512 of the limit by default.</summary>
    public MemoryThreshold HighThreshold { get; set; } = MemoryWatchDefaults.HighThreshold;

    /// <summary>Memory is critical at or above this usage; 450/512 of the limit by default.</summary>
    public MemoryThreshold CriticalThreshold { get; set; } = MemoryWatchDefaults.CriticalThreshold;

    /// <summary>The limit is imminent at or above this usage; 500/512 of the limit by default.</summary>
    public MemoryThreshold ImminentThreshold { get; set; } = MemoryWatchDefaults.ImminentThreshold;

    /// <summary>
    /// A rise of resident memory without mapped files of at least this amount within <see cref="SpikeWindow"/> is a spike; 50 MB by default. The
    /// start of a process, and a rise that is taken back again and again, are none.
    /// </summary>
    public MemoryThreshold SpikeThreshold { get; set; } = MemoryWatchDefaults.SpikeThreshold;

    /// <summary>The sliding window for spikes; 1 min by default, 5 s to 10 min.</summary>
    public TimeSpan SpikeWindow { get; set; } = MemoryWatchDefaults.SpikeWindow;

    /// <summary>How often a snapshot is logged; 5 min by default, 1 s to 1 day, zero for never.</summary>
    public TimeSpan PeriodicInterval { get; set; } = MemoryWatchDefaults.PeriodicInterval;

    /// <summary>How often a GC report is logged; 5 min by default, 1 s to 1 day, zero for never.</summary>
    public TimeSpan GcReportInterval { get; set; } = MemoryWatchDefaults.GcReportInterval;

    /// <summary>Whether the watch forces a GC while memory is high; <see langword="true"/> by default.</summary>
    public bool EnableCollectionWhenHigh { get; set; } = true;

    /// <summary>
    /// Minimum time between two GCs forced because of high memory; 1 min by default, 1 s to 1 h. It doubles with each forced GC in a row that
    /// frees less than 1 % of resident memory, up to 64 times this value. If memory is in a worse zone than at any forced GC since it was last calm
    /// for this time, the watch does not wait. Whatever the setting, forced GCs take at most 1 % of the time.
    /// </summary>
    public TimeSpan CollectionCooldown { get; set; } = MemoryWatchDefaults.CollectionCooldown;

    /// <summary>
    /// How often the watch forces a GC, however much memory is used; zero, the default, for never, otherwise 10 s to 1 day. It is off by default
    /// because the GC knows better when to collect: a forced GC pauses all threads, and promotes objects that would have died young. It can pay
    /// off in a service that is mostly idle, in a container that is billed by memory.
    /// </summary>
    public TimeSpan PeriodicCollectionInterval { get; set; }

    /// <summary>
    /// Time without a gen-2 GC after which the watch forces one, because the managed heap can only be judged for leaks by what survives such a GC;
    /// zero, the default, for never, otherwise 10 s to 1 day. A program that collects by itself is not disturbed.
    /// </summary>
    public TimeSpan LeakCollectionInterval { get; set; }

    /// <summary>
    /// Whether operations are charged with what their async flows allocate; <see langword="true"/> by default. If <see langword="false"/>,
    /// allocation tracking costs nothing. Read once, when the watch is created.
    /// </summary>
    public bool EnableAllocationTracking { get; set; } = true;

    /// <summary>
    /// While memory is elevated or worse, the next report (the periodic check, and alerts that show a snapshot) names operations in flight that
    /// are older than this. It names the five oldest, each with the minimum that it has allocated. 1 min by default, 1 s to 1 day, zero for
    /// never.
    /// </summary>
    public TimeSpan LongOperationAge { get; set; } = MemoryWatchDefaults.LongOperationAge;

    /// <summary>The settings of relief.</summary>
    public ReliefOptions Relief { get; } = new();

    /// <summary>The settings of the black box.</summary>
    public BlackBoxOptions BlackBox { get; } = new();

    /// <summary>The settings of the relief step that cancels an operation.</summary>
    public CancelFattestOptions CancelFattest { get; } = new();

    /// <summary>The settings of the headroom limiter.</summary>
    public HeadroomOptions Headroom { get; } = new();

    /// <summary>The settings of the drained restart, which is off by default.</summary>
    public RestartOptions Restart { get; } = new();

    /// <summary>The settings of the GC's heap limit, which MemoryWatch leaves alone by default.</summary>
    public HeapLimitOptions HeapLimit { get; } = new();

    /// <summary>
    /// Path of the file that the host shows after the process has died; <c>/dev/termination-log</c> by default, which Kubernetes provides, empty
    /// for none. The watch writes to it while the limit is imminent, and never creates it.
    /// </summary>
    public string? TerminationLogPath { get; set; } = MemoryWatchDefaults.TerminationLogPath;

    /// <summary>
    /// The budgets by operation name, as set by <see cref="SetBudget"/> and the configuration; names are compared without case.
    /// </summary>
    public IReadOnlyDictionary<string, OperationBudget> Budgets => _budgets;

    /// <summary>
    /// Sets a budget for all operations of a name: each operation that exceeds a part of it raises one alert for that part, with its context and
    /// age. <see cref="OperationScope.SetBudget(MemorySize?, MemorySize?)"/> replaces the budget for one operation. In configuration, the
    /// settings are <c>MemoryWatch:Budgets:Download:Allocated</c> and <c>:Change</c>. A budget applies to operations that start afterwards.
    /// </summary>
    /// <param name="operation">The operations' name, such as <c>Download</c>; case does not matter.</param>
    /// <param name="allocated">
    /// Maximum that each operation may allocate, nested operations included; 1 MB or more. Checked whenever its flow leaves a thread, and at its
    /// end; never if allocations are not tracked. <see langword="null"/> leaves the value unchanged.
    /// </param>
    /// <param name="change">
    /// Maximum growth of the whole process's resident memory since the start of the operation, whatever causes it; 1 MB or more. Checked at each
    /// tick and at its end. <see langword="null"/> leaves the value unchanged.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="operation"/> is empty, neither part is given nor was set before, or a part is zero.
    /// </exception>
    public void SetBudget(string operation, MemorySize? allocated = null, MemorySize? change = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(operation);
        var name = SafeText.Name(operation);
        var before = _budgets.GetValueOrDefault(name);
        _budgets[name] = new(allocated ?? before?.Allocated, change ?? before?.Change);
    }

    /// <summary>
    /// Sets a setting from text, as configuration files, environment variables and command lines provide it. Text that cannot be read does not
    /// throw; <see cref="Validate"/> reports it.
    /// </summary>
    /// <param name="name">Name of the setting, such as <c>HighThreshold</c> or <c>Budgets:Download:Allocated</c>; case does not matter.</param>
    /// <param name="value">The value: <c>350MB</c>, <c>78%</c>, <c>00:05:00</c>, <c>true</c>.</param>
    /// <returns>
    /// <see langword="true"/> if the setting was set; <see langword="false"/> if there is no such setting or the value cannot be read.
    /// </returns>
    public bool Set(string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (MemoryWatchSettings.TrySet(this, name, value, out var problem))
        {
            Typed[name] = value ?? string.Empty;
            return true;
        }

        _unreadable.Add(problem);
        return false;
    }

    /// <summary>The settings that were given as text, with that text, for messages that show it.</summary>
    internal Dictionary<string, string> Typed { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks all settings; never throws for their values.</summary>
    /// <returns>One sentence for each problem, with the setting, its value and the allowed values; empty if all settings are valid.</returns>
    public IReadOnlyList<string> Validate() => [.. _unreadable, .. MemoryWatchSettings.Check(this)];

    internal BlackBoxSettings ToBlackBoxSettings() => new(
        string.IsNullOrEmpty(BlackBox.Path) ? null : BlackBox.Path,
        BlackBox.Size.Bytes,
        BlackBox.KeptFiles,
        string.IsNullOrEmpty(TerminationLogPath) ? null : TerminationLogPath);

    /// <summary>Copies the settings for the watch.</summary>
    internal WatchSettings ToSettings() => new(
        Enabled,
        Limit?.Bytes,
        Interval,
        PeriodicInterval,
        GcReportInterval,
        PeriodicCollectionInterval,
        LeakCollectionInterval,
        EnableCollectionWhenHigh,
        CollectionCooldown,
        EnableAllocationTracking,
        new(_budgets),
        new(ElevatedThreshold, HighThreshold, CriticalThreshold, ImminentThreshold, SpikeThreshold, SpikeWindow, LongOperationAge)
        {
            MayCollect = EnableCollectionWhenHigh && !Relief.ObserveOnly,
            ReliefTarget = Relief.Target,
        })
    {
        TrimsNativeHeap = Relief.TrimNativeHeap,
        OnlyObservesRelief = Relief.ObserveOnly,
        CancelFattestCooldown = CancelFattest.Enabled ? CancelFattest.Cooldown : null,
        Restart = RestartSettings.Of(Restart),
        HeapLimit = new(HeapLimit.Enabled, HeapLimit.Reserve),
    };
}
