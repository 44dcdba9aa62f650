using MemoryWatch.Guard;

namespace MemoryWatch.Judge;

/// <summary>Shows each snapshot to all detectors, the built-in ones first. Used by the watch thread only.</summary>
internal sealed class Detectors(
    ZoneDetector zone, HighMemoryDetector high, IEnumerable<IMemoryDetector> builtIn, GuardedDetector[] users, PluginRunner runner)
{
    private readonly IMemoryDetector[] _builtIn = [zone, high, .. builtIn];
    private readonly List<MemoryAlert> _alerts = [];

    public MemoryZone Zone => zone.Zone;

    public bool IsHigh => high.IsHigh;

    /// <returns>The alerts that it raised; the list is used again for the next snapshot.</returns>
    public IReadOnlyList<MemoryAlert> Inspect(in MemorySnapshot snapshot)
    {
        _alerts.Clear();
        foreach (var detector in _builtIn)
        {
            Add(detector.Inspect(snapshot));
        }

        foreach (var detector in users)
        {
            detector.Show(snapshot);
        }

        runner.Run(users);
        foreach (var detector in users)
        {
            Add(detector.Alert);
        }

        return _alerts;
    }

    private void Add(MemoryAlert? alert)
    {
        if (alert is not null)
        {
            _alerts.Add(alert);
        }
    }
}
