namespace MemoryWatch.Judge;

/// <summary>
/// Learns what one unit of each metric costs in memory, from the changes of metrics that it sees. It takes constant memory and allocates nothing
/// when it is shown a reading. For one caller at a time.
/// </summary>
/// <remarks>
/// <code>
///  metric    2 2 2 2 2 2 2 | 3 3 3 3 3 3        a change: the level of memory after it less the level before it
///  memory    / | /| / | /| |    / | /|
///           /  |/ |/  |/ | |/|/   |/
/// </code>
/// What levels differ by while no metric changes (<see cref="Drift"/>) is subtracted, so neither a leak nor garbage counts as a cost. A metric that
/// falls frees memory at the next gen-2 GC: without one the change says nothing, and neither does a later one during which that GC comes. A GC
/// also frees other garbage, so what levels differ by is learned separately with and without one in between.
/// </remarks>
internal sealed class CostLearner
{
    /// <summary>Number of metrics that are looked at; further ones are ignored.</summary>
    public const int MostMetrics = 64;

    // A metric that changes in more than this part of the readings has no level.
    private const double Restless = 0.4;
    private const double Memory = 1 / 32d;

    private readonly long[] _values;
    private readonly long[] _before;
    private readonly double[] _restlessness;
    private readonly LevelWindow _window = new();
    private bool _hasValues;
    private bool _isPending;
    private Level _levelBefore;
    private int _collections;
    private int _collectionsBefore;
    private int _collectionsAtChange;
    private bool _wasStale;
    private (Level Level, int Collections)? _steady;
    private int? _staleSince;

    /// <param name="metrics">Number of metrics to look at, the first of each reading.</param>
    public CostLearner(int metrics)
    {
        var count = Math.Min(metrics, MostMetrics);
        (_values, _before, _restlessness, Samples) = (new long[count], new long[count], new double[count], new(count));
    }

    /// <summary>The changes that were seen.</summary>
    public CostSamples Samples { get; }

    /// <summary>What memory changes by anyway, without and with a gen-2 GC in between.</summary>
    public (Drift Quiet, Drift Collected) Drift { get; } = (new(), new());

    /// <summary>Whether metrics have the values that memory has had a level with.</summary>
    public bool IsLevel => _window.IsLevel;

    /// <summary>Takes a reading.</summary>
    /// <param name="bytes">The memory that the program uses.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="collections">Number of gen-2 GCs so far.</param>
    public void Keep(long bytes, MetricValues metrics, int collections)
    {
        if (IsChanged(metrics))
        {
            End();
            Begin(collections);
        }

        _staleSince = IsFall(metrics) ? collections : _staleSince < collections ? null : _staleSince;
        Take(metrics);
        _collections = collections;
        _window.Add(bytes);
        if (_isPending && _window.IsFull)
        {
            End();
        }
        else if (!_isPending && _window.Added % LevelWindow.Most == 0)
        {
            KeepDrift();
        }
    }

    private void KeepDrift()
    {
        var level = _window.Lowest();
        if (_steady is var (before, collections))
        {
            (_collections == collections ? Drift.Quiet : Drift.Collected).Keep(before, level);
        }

        _steady = (level, _collections);
    }

    private bool IsChanged(MetricValues metrics)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (_hasValues && metrics[i].Value is { } value && value != _values[i] && !IsRestless(i))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsFall(MetricValues metrics)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            if (metrics[i].Value < _values[i])
            {
                return true;
            }
        }

        return false;
    }

    private bool IsRestless(int metric) => _restlessness[metric] > Restless;

    private void Take(MetricValues metrics)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var value = metrics[i].Value ?? _values[i];
            _restlessness[i] += ((_hasValues && value != _values[i] ? 1 : 0) - _restlessness[i]) * Memory;
            _values[i] = value;
        }

        _hasValues = true;
    }

    /// <summary>Begins a change where memory has a level; otherwise the pending one goes on.</summary>
    private void Begin(int collections)
    {
        if (_window.IsLevel)
        {
            (_isPending, _levelBefore) = (true, _window.Lowest());
            (_collectionsBefore, _wasStale) = (_collections, _staleSince is not null);
            _values.CopyTo(_before, 0);
        }

        _collectionsAtChange = collections;
        _window.Clear();
        _steady = null;
    }

    /// <summary>Ends the pending change, if memory has a level now.</summary>
    private void End()
    {
        if (!_isPending || !_window.IsLevel)
        {
            return;
        }

        _isPending = false;
        var (isChange, isFall) = (false, false);
        for (var i = 0; i < _values.Length; i++)
        {
            var isCounted = !IsRestless(i);
            isChange |= isCounted && _values[i] != _before[i];
            isFall |= isCounted && _values[i] < _before[i];
        }

        var isCollected = _collections != _collectionsBefore;
        if (!isChange || (isFall && _collections == _collectionsAtChange) || (isCollected && _wasStale))
        {
            return;
        }

        var level = _window.Lowest();
        var changes = Samples.Add(level.Bytes - _levelBefore.Bytes, level.Reading - _levelBefore.Reading, isCollected);
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = IsRestless(i) ? 0 : _values[i] - _before[i];
        }
    }
}
