using MemoryWatch.BlackBox.Record;
using MemoryWatch.Watch;

namespace MemoryWatch;

/// <summary>
/// The settings of a watch. Thresholds are amounts (<c>"400MB"</c>) or parts of the limit (<c>"78%"</c>), and can be
/// assigned as text. They are checked when the watch starts; see <see cref="Validate"/>.
/// </summary>
public sealed class MemoryWatchOptions
{
    /// <summary>The configuration section that the settings are bound from: <c>MemoryWatch</c>.</summary>
    public const string SectionName = "MemoryWatch";

    private readonly List<string> _unreadable = [];
    private readonly Dictionary<string, OperationBudget> _budgets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the watch works; true by default. Switched off it reads nothing, prints nothing and costs next to nothing.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The limit to judge this process's resident memory by. By default absent: then the container's limit governs, else the
    /// machine's physical memory. At least 16 MB.
    /// </summary>
    public MemorySize? Limit { get; set; }

    /// <summary>How often memory is read while the limit is far; 1 s by default, 100 ms to 1 min. Near the limit it is read up to every 100 ms.</summary>
    public TimeSpan Interval { get; set; } = MemoryWatchDefaults.Interval;

    /// <summary>From where on memory is elevated; 350/512 of the limit by default.</summary>
    public MemoryThreshold ElevatedThreshold { get; set; } = MemoryWatchDefaults.ElevatedThreshold;

    /// <summary>From where on the high-memory alert is raised and relief begins; 400/512 of the limit by default.</summary>
    public MemoryThreshold HighThreshold { get; set; } = MemoryWatchDefaults.HighThreshold;

    /// <summary>From where on memory is critical; 450/512 of the limit by default.</summary>
    public MemoryThreshold CriticalThreshold { get; set; } = MemoryWatchDefaults.CriticalThreshold;

    /// <summary>From where on the limit is imminent; 500/512 of the limit by default.</summary>
    public MemoryThreshold ImminentThreshold { get; set; } = MemoryWatchDefaults.ImminentThreshold;

    /// <summary>The rise of resident memory within <see cref="SpikeWindow"/> that is a spike; 50 MB by default.</summary>
    public MemoryThreshold SpikeThreshold { get; set; } = MemoryWatchDefaults.SpikeThreshold;

    /// <summary>The sliding window that spikes are looked for in; 1 min by default, 5 s to 10 min.</summary>
    public TimeSpan SpikeWindow { get; set; } = MemoryWatchDefaults.SpikeWindow;

    /// <summary>How often a snapshot is printed; 5 min by default, 1 s to 1 day, zero for never.</summary>
    public TimeSpan PeriodicInterval { get; set; } = MemoryWatchDefaults.PeriodicInterval;

    /// <summary>How often it is printed what the GC did; 5 min by default, 1 s to 1 day, zero for never.</summary>
    public TimeSpan GcReportInterval { get; set; } = MemoryWatchDefaults.GcReportInterval;

    /// <summary>Whether a collection is forced while memory is high; true by default.</summary>
    public bool EnableCollectionWhenHigh { get; set; } = true;

    /// <summary>
    /// The least time between two forced collections; 1 min by default, 1 s to 1 h. It doubles while they free next to
    /// nothing.
    /// </summary>
    public TimeSpan CollectionCooldown { get; set; } = MemoryWatchDefaults.CollectionCooldown;

    /// <summary>
    /// How often a collection is forced whatever the memory; zero, the default, for never, else 10 s to 1 day. Off
    /// because the GC knows better when to collect: a forced one pauses all threads, and promotes what would have died young.
    /// It can pay off in a service that is idle most of the time in a container that is billed by memory.
    /// </summary>
    public TimeSpan PeriodicCollectionInterval { get; set; }

    /// <summary>
    /// Whether operations are charged with what their async flows allocate; true by default. Switched off it costs nothing. Read
    /// once, when the watch is made.
    /// </summary>
    public bool EnableAllocationTracking { get; set; } = true;

    /// <summary>
    /// From which age on an operation in flight is named in the next report (the periodic check, and alerts that show a snapshot) while memory is
    /// elevated or worse: the five oldest, with what they allocated at least. 1 min by default, 1 s to 1 day, zero for never.
    /// </summary>
    public TimeSpan LongOperationAge { get; set; } = MemoryWatchDefaults.LongOperationAge;

    /// <summary>The settings of the black box.</summary>
    public BlackBoxOptions BlackBox { get; } = new();

    /// <summary>
    /// The file that the host shows when the process has died, written to from the imminent zone on; <c>/dev/termination-log</c> by default, which Kubernetes has, empty for none. It is never created.
    /// </summary>
    public string? TerminationLogPath { get; set; } = MemoryWatchDefaults.TerminationLogPath;

    /// <summary>The budgets by operation name, as <see cref="SetBudget"/> and the configuration set them; names are compared without case.</summary>
    public IReadOnlyDictionary<string, OperationBudget> Budgets => _budgets;

    /// <summary>
    /// Gives all operations of a name a budget: each that exceeds a part of it raises one alert for that part, with its context and age.
    /// <see cref="OperationScope.SetBudget(MemorySize?, MemorySize?)"/> replaces it for one operation. In configuration it is
    /// <c>MemoryWatch:Budgets:Download:Allocated</c> and <c>:Change</c>. In force for operations that start afterwards.
    /// </summary>
    /// <param name="operation">The operations' name, such as <c>Download</c>; case does not matter.</param>
    /// <param name="allocated">
    /// Maximum that each may allocate, nested operations included; 1 MB or more. Checked whenever its flow leaves a thread, and at
    /// its end; never if allocations are not tracked. <see langword="null"/> leaves it as it was.
    /// </param>
    /// <param name="change">
    /// Maximum growth of the whole process's resident memory since its start, caused by whatever runs in between; 1 MB or
    /// more. Checked at each tick and at its end. <see langword="null"/> leaves it as it was.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty, or no limit is given and there was none, or one is zero.</exception>
    public void SetBudget(string operation, MemorySize? allocated = null, MemorySize? change = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(operation);
        var name = SafeText.Name(operation);
        var before = _budgets.GetValueOrDefault(name);
        _budgets[name] = new(allocated ?? before?.Allocated, change ?? before?.Change);
    }

    /// <summary>
    /// Sets a setting from text, as configuration files, environment variables and command lines give it. Never throws: what
    /// cannot be read is told by <see cref="Validate"/>.
    /// </summary>
    /// <param name="name">
    /// A setting's name, such as <c>HighThreshold</c>, or <c>Budgets:Download:Allocated</c>; case does not matter.
    /// </param>
    /// <param name="value">Its value: <c>350MB</c>, <c>78%</c>, <c>00:05:00</c>, <c>true</c>.</param>
    /// <returns>Whether the setting was set.</returns>
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

    /// <summary>What settings were given as text, for messages that show what was typed.</summary>
    internal Dictionary<string, string> Typed { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks all settings.</summary>
    /// <returns>
    /// What is wrong, one sentence each with the setting, its value and what is allowed; empty where nothing is.
    /// </returns>
    public IReadOnlyList<string> Validate() => [.. _unreadable, .. MemoryWatchSettings.Check(this)];

    internal BlackBoxSettings ToBlackBoxSettings() => new(
        string.IsNullOrEmpty(BlackBox.Path) ? null : BlackBox.Path,
        BlackBox.Size.Bytes,
        BlackBox.KeptFiles,
        string.IsNullOrEmpty(TerminationLogPath) ? null : TerminationLogPath);

    /// <summary>A copy of the settings, for the watch to work by.</summary>
    internal WatchSettings ToSettings() => new(
        Enabled,
        Limit?.Bytes,
        Interval,
        PeriodicInterval,
        GcReportInterval,
        PeriodicCollectionInterval,
        EnableCollectionWhenHigh,
        CollectionCooldown,
        EnableAllocationTracking,
        new(_budgets),
        new(ElevatedThreshold, HighThreshold, CriticalThreshold, ImminentThreshold, SpikeThreshold, SpikeWindow, LongOperationAge));
}
