using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Notices objects that outlive several gen-2 GCs although the application expects them to be collected. It looks only after such a GC, and at a
/// bounded number of objects in each tick. Used by the watch thread only; allocates nothing while no object is overdue.
/// </summary>
internal sealed class UncollectedJudge
{
    /// <summary>An object is overdue after so many gen-2 GCs. One does not suffice: it may have begun before the object was expected to go.</summary>
    public const int LeastCollections = 3;

    /// <summary>Number of objects that are looked at in one tick.</summary>
    public const int MostPerTick = 1000;

    /// <summary>An object is overdue after this time. Until then, the code that ended its work may still be running.</summary>
    public static readonly TimeSpan LeastAge = TimeSpan.FromMinutes(1);

    private readonly ExpectedObjects _objects;
    private readonly Action<ExpectedObject> _note;
    private readonly Dictionary<string, OverdueKind> _kinds = [];
    private volatile IReadOnlyList<UncollectedObjects> _overdue = [];
    private int _collections;
    private int? _seenAt;
    private int _place;

    public UncollectedJudge(ExpectedObjects objects) => (_objects, _note) = (objects, Note);

    /// <summary>
    /// The objects that were overdue when they were last looked at; <see langword="null"/> if no object was expected to be collected. Read by any
    /// thread.
    /// </summary>
    public IReadOnlyList<UncollectedObjects>? Overdue => _objects.Places == 0 ? null : _overdue;

    /// <param name="collections">Number of gen-2 GCs so far.</param>
    /// <param name="alerts">Receives an alert for each name that has become overdue.</param>
    public void Judge(int collections, List<MemoryAlert> alerts)
    {
        _collections = collections;
        if (_place == 0 && (collections == _seenAt || _objects.Places == 0))
        {
            return;
        }

        if (_place == 0)
        {
            _seenAt = collections;
        }

        _objects.Look(_place, MostPerTick, _note);
        _place += MostPerTick;
        if (_place >= _objects.Places)
        {
            _place = 0;
            Conclude(alerts);
        }
    }

    private void Note(ExpectedObject item)
    {
        if (_collections - item.Collections < LeastCollections || item.Age < LeastAge)
        {
            return;
        }

        if (!_kinds.TryGetValue(item.Kind, out var kind))
        {
            _kinds.Add(item.Kind, kind = new(item.Kind));
        }

        kind.Add(item);
    }

    private void Conclude(List<MemoryAlert> alerts)
    {
        if (_kinds.Count == 0)
        {
            return;
        }

        var overdue = new List<UncollectedObjects>();
        foreach (var kind in _kinds.Values)
        {
            if (kind.Conclude(out var isNews) is { } objects)
            {
                overdue.Add(objects);
                if (isNews)
                {
                    alerts.Add(new UncollectedObjectsAlert(objects));
                }
            }
        }

        _overdue = overdue;
    }
}
