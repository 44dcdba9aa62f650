namespace MemoryWatch.Judge;

/// <summary>Operations of one name that are in flight for very long.</summary>
internal readonly record struct OldOperations(string Name, int Count);

/// <summary>An operation in flight, and how long operations of its name usually take.</summary>
/// <param name="Name">The name.</param>
/// <param name="Age">Time since it started.</param>
/// <param name="UsualAge">Duration that 99 % of the ended ones did not exceed.</param>
/// <param name="Ended">Number of ended ones.</param>
internal readonly record struct OperationAge(string Name, TimeSpan Age, TimeSpan UsualAge, long Ended);

/// <summary>A spike, and the reading at which it was noticed.</summary>
internal sealed record RecentSpike(SpikeAlert Alert, MemorySnapshot Snapshot);

/// <summary>All that the rules look at, immutable: the judged snapshot and what was learned until then.</summary>
/// <param name="Snapshot">The snapshot, with its zone.</param>
/// <param name="Inputs">What other parts of the watch know.</param>
internal sealed record FindingFacts(MemorySnapshot Snapshot, FindingInputs Inputs)
{
    /// <summary>Time since the watch began.</summary>
    public TimeSpan Watched { get; init; }

    /// <summary>Whether operations are charged with what they allocate.</summary>
    public bool IsMetered { get; init; } = true;

    /// <summary>The metrics of the application.</summary>
    public IReadOnlyList<MetricTrend> Metrics { get; init; } = [];

    public MetricTrend? Threads { get; init; }

    public MetricTrend? OpenFiles { get; init; }

    public IReadOnlyList<MetricCost> Costs { get; init; } = [];

    public CapacityEstimate? Capacity { get; init; }

    public IReadOnlyList<OperationRetention> Retained { get; init; } = [];

    /// <summary>Number of gen-2 GCs after which operations could be compared with memory.</summary>
    public int RetentionFloors { get; init; }

    /// <summary>The oldest operations in flight.</summary>
    public IReadOnlyList<OperationAge> InFlight { get; init; } = [];

    public IReadOnlyList<OldOperations> Forgotten { get; init; } = [];

    /// <summary>The last spike, if it was a moment ago.</summary>
    public RecentSpike? Spike { get; init; }

    /// <summary>The budgets that were exceeded lately.</summary>
    public IReadOnlyList<BudgetAlert> Budgets { get; init; } = [];

    /// <summary>What the last forced GCs did, the latest last.</summary>
    public IReadOnlyList<ReliefOutcome> Collections { get; init; } = [];

    /// <summary>The last alert about thrashing, if it was a moment ago.</summary>
    public ThrashingAlert? Thrashing { get; init; }

    /// <summary>The part of the last minute or two in which GCs paused the process; <see langword="null"/> if it is too early.</summary>
    public double? PauseFraction { get; init; }

    /// <summary>The lowest native memory since the watch began; <see langword="null"/> if it is too early.</summary>
    public long? LowestNativeBytes { get; init; }

    /// <summary>The limit that governs, unless it is that of the machine, of which other programs take their part.</summary>
    public long? LimitBytes => Snapshot.Usage.Source is LimitSource.Container or LimitSource.Setting or LimitSource.Throttling
        ? Snapshot.Usage.LimitBytes
        : null;

    public bool IsElevated => Snapshot.Zone >= MemoryZone.Elevated;

    /// <summary>How much a finding matters that explains where memory is.</summary>
    public AlertSeverity Severity => Snapshot.Zone >= MemoryZone.Critical ? AlertSeverity.Critical : AlertSeverity.Warning;
}
