using System.Runtime.InteropServices;
using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// What each operation in flight, each larger one that ended lately and each name had taken at the readings of the history, so that
/// it can be told what they took since one of them. As large as the most operations ever in flight at once ask for, and then
/// constant. Used by the watch thread only.
/// </summary>
internal sealed class OperationHistory(OperationStore operations)
{
    private readonly List<Place> _places = [];
    private readonly Dictionary<OperationStatistics, NameSeries> _names = [];
    private readonly EndedEntry?[] _ended = new EndedEntry?[OperationHandover.Capacity];
    private long _lastEnded;
    private long _endedCount;

    /// <summary>Notes what all have taken by now, as this reading of the history; in place of what was noted for it before.</summary>
    public void Keep(long number)
    {
        Follow(number);
        for (var slot = 0; slot < _places.Count; slot++)
        {
            // What has ended a moment ago is counted with its name already.
            _places[slot].Series.Set(number, Find(slot)?.Own ?? default);
        }

        foreach (var statistics in operations.Totals.All)
        {
            Of(statistics).Keep(number);
        }
    }

    /// <summary>What was taken since that reading, and who was in flight.</summary>
    public OperationWindow Since(long number, long timestamp, long last)
    {
        Follow(last + 1);
        var window = new OperationWindow(operations.Totals.Names);

        // First those that have ended: what ends in between is missing then, where otherwise it would be told twice.
        foreach (var statistics in operations.Totals.All)
        {
            window.AddEnded(statistics.Name, Of(statistics).Since(number));
        }

        foreach (var entry in _ended)
        {
            if (entry is not null && entry.Operation.EndTimestamp >= timestamp)
            {
                window.TakeOut(entry.Operation, (OperationAmount.OwnOf(entry.Operation.Allocation) - entry.Series.At(number)).Floored());
            }
        }

        for (var slot = 0; slot < _places.Count; slot++)
        {
            if (Find(slot) is { } scope)
            {
                window.AddRunning(scope, (scope.Own - _places[slot].Series.At(number)).Floored());
            }
        }

        return window;
    }

    /// <summary>The operation that was noticed in this slot, if it is still there.</summary>
    private Operation? Find(int slot) =>
        operations.InFlight.Slots[slot] is { } scope && scope.Id == _places[slot].OperationId ? scope : null;

    /// <summary>Notices who came and went since the reading before this one.</summary>
    private void Follow(long number)
    {
        var slots = operations.InFlight.Slots;
        while (_places.Count < slots.Length)
        {
            _places.Add(new());
        }

        for (var slot = 0; slot < slots.Length; slot++)
        {
            var place = _places[slot];
            var scope = slots[slot];
            if (place.OperationId == (scope?.Id ?? 0))
            {
                continue;
            }

            if (place.OperationId != 0)
            {
                // It has been handed over and counted before it left.
                TakeEnded();
                Leave(place, number);
            }

            if (scope is not null)
            {
                place.Series.Begin(number);
            }

            (place.OperationId, place.Name) = (scope?.Id ?? 0, scope?.Name ?? string.Empty);
        }

        TakeEnded();
    }

    private void Leave(Place place, long number)
    {
        var series = Of(operations.Totals.Of(place.Name));
        for (var earlier = Math.Max(1, number - MemoryHistory.Length); earlier < number; earlier++)
        {
            series.Ended(earlier, place.Series.At(earlier));
        }
    }

    private void TakeEnded()
    {
        while (operations.Handover.Ended.TryGetNext(ref _lastEnded, out var ended))
        {
            var entry = _ended[_endedCount++ % _ended.Length] ??= new();
            entry.Operation = ended;
            entry.Series.Begin(long.MaxValue);
            if (ended.Slot < _places.Count && _places[ended.Slot] is var place && place.OperationId == ended.OperationId)
            {
                place.Series.CopyTo(entry.Series);
            }
        }
    }

    private NameSeries Of(OperationStatistics statistics)
    {
        ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, statistics, out _);
        return series ??= new(statistics);
    }

    private sealed class Place
    {
        public long OperationId { get; set; }

        public string Name { get; set; } = string.Empty;

        public AmountSeries Series { get; } = new();
    }

    private sealed class EndedEntry
    {
        public EndedOperation Operation { get; set; }

        public AmountSeries Series { get; } = new();
    }
}
