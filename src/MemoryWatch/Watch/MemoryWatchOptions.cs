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
    public bool CollectWhenHigh { get; set; } = true;

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
    public TimeSpan PeriodicCollection { get; set; }

    /// <summary>
    /// Whether operations are charged with what their async flows allocate; true by default. Switched off it costs nothing. Read
    /// once, when the watch is made.
    /// </summary>
    public bool TrackAllocations { get; set; } = true;

    /// <summary>
    /// From which age on an operation in flight is named in the next report (the periodic check, and alerts that show a snapshot) while memory is
    /// elevated or worse: the five oldest, with what they allocated at least. 1 min by default, 1 s to 1 day, zero for never.
    /// </summary>
    public TimeSpan LongOperation { get; set; } = MemoryWatchDefaults.LongOperation;

    /// <summary>
    /// The file that the black box is kept in, such as <c>data/memory.blackbox</c>; none by default, and then there is none. It outlives a kill, and
    /// the next start reads it; so it must be on a disk that outlives the process. Read once, when the watch starts, like the other
    /// settings of the black box. A relative path is one below the current folder, with a host below the content root.
    /// </summary>
    public string? BlackBoxPath { get; set; }

    /// <summary>How large that file is: always, as it is filled once at the start; 1 MB by default, 64 KB to 16 MB.</summary>
    public MemorySize BlackBoxSize { get; set; } = MemoryWatchDefaults.BlackBoxSize;

    /// <summary>How many files of earlier runs are kept beside it; 3 by default, 1 to 20.</summary>
    public int BlackBoxKeptFiles { get; set; } = MemoryWatchDefaults.BlackBoxKeptFiles;

    /// <summary>
    /// The file that the host shows when the process has died, written to from the imminent zone on; <c>/dev/termination-log</c> by default, which Kubernetes has, empty for none. It is never created.
    /// </summary>
    public string? TerminationLogPath { get; set; } = MemoryWatchDefaults.TerminationLogPath;

    /// <summary>The budgets as given: their parts by operation name.</summary>
    internal Dictionary<string, OperationBudget> Budgets { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gives all operations of a name a budget: each that goes over it raises one alert for each part, with its context and age. A scope's
    /// own, from <see cref="OperationScope.SetBudget(MemorySize?, MemorySize?)"/>, takes its place. In configuration it is
    /// <c>MemoryWatch:Budgets:Download:Allocated</c> and <c>:Change</c>. In force for operations that start from then on.
    /// </summary>
    /// <param name="operation">The operations' name, such as <c>Download</c>; case does not matter.</param>
    /// <param name="allocated">
    /// The most that each may allocate, the operations inside of it included; 1 MB or more. Judged whenever its flow leaves a thread, and at
    /// its end; never where allocations are not tracked.
    /// </param>
    /// <param name="change">
    /// The most by which the whole process's resident memory may grow from its start on, by whatever runs in between; 1 MB or
    /// more. Judged at each tick and at its end.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public void Budget(string operation, MemorySize? allocated = null, MemorySize? change = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(operation);
        var before = Budgets.GetValueOrDefault(SafeText.Name(operation));
        Budgets[SafeText.Name(operation)] = new(allocated?.Bytes ?? before?.AllocatedBytes, change?.Bytes ?? before?.ChangeBytes);
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
            return true;
        }

        _unreadable.Add(problem);
        return false;
    }

    /// <summary>Checks all settings.</summary>
    /// <returns>
    /// What is wrong, one sentence each with the setting, its value and what is allowed; empty where nothing is.
    /// </returns>
    public IReadOnlyList<string> Validate() => [.. _unreadable, .. MemoryWatchSettings.Check(this)];

    internal BlackBoxSettings ToBlackBoxSettings() => new(
        string.IsNullOrEmpty(BlackBoxPath) ? null : BlackBoxPath,
        BlackBoxSize.Bytes,
        BlackBoxKeptFiles,
        string.IsNullOrEmpty(TerminationLogPath) ? null : TerminationLogPath);

    /// <summary>A copy of the settings, for the watch to work by.</summary>
    internal WatchSettings ToSettings() => new(
        Enabled,
        Limit?.Bytes,
        Interval,
        PeriodicInterval,
        GcReportInterval,
        PeriodicCollection,
        CollectWhenHigh,
        CollectionCooldown,
        TrackAllocations,
        new(Budgets),
        new(ElevatedThreshold, HighThreshold, CriticalThreshold, ImminentThreshold, SpikeThreshold, SpikeWindow, LongOperation));
}
