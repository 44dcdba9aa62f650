using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Says why: adds the likely cause to the alerts that tell of growth, and tells of operations that took too much. Used by the watch
/// thread only; allocates nothing while nothing happens.
/// </summary>
internal sealed class Diagnostician
{
    private readonly MemoryHistory _history;
    private readonly OperationHistory _operations;
    private readonly CauseFinder _causes;
    private readonly BudgetJudge _budgets;
    private readonly GrowthJudge _growth;
    private readonly List<MemoryAlert> _alerts = [];
    private readonly bool _isMetered;

    public Diagnostician(OperationTracker operations, Journal journal, TimeProvider time)
    {
        _isMetered = operations.IsMetered;
        _history = new(time);
        _operations = new(operations);
        _causes = new(_history, _operations, journal, time, _isMetered);
        _budgets = new(operations);
        _growth = new(operations, time);
    }

    /// <summary>Keeps a reading, for growth to be told from.</summary>
    public void Keep(in MemorySnapshot snapshot, TimeSpan window)
    {
        if (MemoryParts.Of(snapshot) is { } parts && _history.Keep(parts, window))
        {
            _operations.Keep(_history.Last);
        }
    }

    /// <summary>The cause of the growth that this snapshot shows; nothing where there is none.</summary>
    public MemoryCause? Explain(in MemorySnapshot snapshot, TimeSpan window)
    {
        if (MemoryParts.Of(snapshot) is not { } now)
        {
            return null;
        }

        var top = Math.Max(now.ResidentBytes, snapshot.PeakResidentBytes ?? 0);
        return _causes.Find(_history.BeginOfGrowth(window, top), now, top);
    }

    /// <summary>Looks at what a tick found.</summary>
    /// <param name="snapshot">The tick's reading.</param>
    /// <param name="alerts">What detectors found.</param>
    /// <param name="isZoneEntered">Whether memory has come into a worse zone.</param>
    /// <param name="settings">The thresholds in force.</param>
    /// <returns>These alerts with their causes, and those about operations; the list is used again for the next tick.</returns>
    public IReadOnlyList<MemoryAlert> Inspect(
        in MemorySnapshot snapshot, IReadOnlyList<MemoryAlert> alerts, bool isZoneEntered, DetectionSettings settings)
    {
        _alerts.Clear();
        MemoryCause? cause = null;
        for (var i = 0; i < alerts.Count; i++)
        {
            var isSpike = alerts[i].Kind == SpikeDetector.Kind;
            if (isSpike)
            {
                _growth.SpikeTold(Math.Max(snapshot.Process.ResidentBytes ?? 0, snapshot.PeakResidentBytes ?? 0));
            }

            _alerts.Add(isSpike || (isZoneEntered && alerts[i].Kind == ZoneDetector.Kind)
                ? alerts[i].With(cause ??= Explain(snapshot, settings.SpikeWindow))
                : alerts[i]);
        }

        if (settings.Spike.Resolve(snapshot.Usage.LimitBytes) is { } threshold
            && _growth.Judge(threshold, settings.SpikeWindow) is { } ended)
        {
            _alerts.Add(GrowthJudge.Describe(ended, threshold, _isMetered).With(Explain(ended, snapshot)));
        }

        _budgets.Judge(snapshot.Process.ResidentBytes, _alerts);
        Keep(snapshot, settings.SpikeWindow);
        return _alerts;
    }

    private MemoryCause? Explain(in EndedOperation ended, in MemorySnapshot snapshot) => MemoryParts.Of(snapshot) is { } now
        ? _causes.Find(_history.AtOrBefore(ended.StartTimestamp), now, Math.Max(now.ResidentBytes, ended.ResidentBytes ?? 0))
        : null;
}
