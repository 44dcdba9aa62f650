using System.Runtime.InteropServices;
using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Keeps the amount of each operation in flight, of each larger operation that ended recently, and of each name at the readings of the history.
/// From these it computes what they allocated and charged since a reading. It grows with the highest number of operations in flight at once, and
/// is constant after that. Used by the watch thread only.
/// </summary>
internal sealed class OperationHistory(OperationStore operations)
{
    private readonly List<Place> _places = [];
    private readonly Dictionary<OperationStatistics, NameSeries> _names = [];
    private readonly EndedEntry?[] _ended = new EndedEntry?[OperationHandover.Capacity];
    private long _lastEnded;
    private long _endedCount;

    /// <summary>Stores the amounts so far for this reading of the history; replaces amounts stored for it before.</summary>
    public void Keep(long number)
    {
        Follow(number);
        for (var slot = 0; slot < _places.Count; slot++)
        {
            // An operation that has just ended is already counted with its name.
            _places[slot].Series.Set(number, Find(slot)?.Own ?? default);
        }

        foreach (var statistics in operations.Totals.All)
        {
            Of(statistics).Keep(number);
        }
    }

    /// <summary>What operations allocated and charged since that reading, and which were in flight.</summary>
    public OperationWindow Since(long number, long timestamp, long last)
    {
        Follow(last + 1);
        var window = new OperationWindow(operations.Totals.Names, timestamp);

        // Ended operations come first: an operation that ends in between is then missing; in the other order it would be counted twice.
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

    /// <summary>The operation that was seen in this slot, if it is still there.</summary>
    private Operation? Find(int slot) =>
        operations.InFlight.Slots[slot] is { } scope && scope.Id == _places[slot].OperationId ? scope : null;

    /// <summary>Notices which operations started and ended since the previous reading.</summary>
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
                // The operation was handed over and counted before it left its slot.
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
