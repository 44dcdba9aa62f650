using System.Runtime.InteropServices;
using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Keeps the amount of each operation in flight, of each larger operation that ended recently, and of each name at the readings of the history.
/// From these it computes what they allocated and charged since a reading. It looks only at operations whose amount has changed within the history,
/// and keeps single values only for those whose amount changed more than once. Used by the watch thread only.
/// </summary>
internal sealed class OperationHistory(OperationStore operations)
{
    private readonly Dictionary<OperationStatistics, NameSeries> _names = [];
    private readonly EndedEntry?[] _ended = new EndedEntry?[OperationHandover.Capacity];

    // The slots of operations whose amount has changed within the history.
    private readonly List<int> _active = [];
    private readonly List<int> _changed = [];
    private Place[] _places = [];
    private long _lastEnded;
    private long _endedCount;

    /// <summary>Stores the amounts so far for this reading of the history; replaces amounts stored for it before.</summary>
    public void Keep(long number)
    {
        Follow(number);
        var kept = 0;
        for (var i = 0; i < _active.Count; i++)
        {
            var slot = _active[i];
            ref var place = ref _places[slot];
            if (place.IsChanged)
            {
                // An operation that has just ended is already counted with its name.
                place.Set(number, Find(slot)?.Own ?? default);
            }
            else
            {
                place.Repeat(number);
            }

            if (place.IsActive(number))
            {
                _active[kept++] = slot;
            }
            else
            {
                place.Rest();
            }
        }

        _active.RemoveRange(kept, _active.Count - kept);
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
                window.TakeOut(entry.Operation, (OperationAmount.OwnOf(entry.Operation.Allocation) - entry.Place.At(number)).Floored());
            }
        }

        foreach (var slot in _active)
        {
            if (Find(slot) is { } scope)
            {
                window.AddRunning(scope, (scope.Own - _places[slot].At(number)).Floored());
            }
        }

        window.SetInFlight(operations.InFlight);
        return window;
    }

    /// <summary>The operation that was seen in this slot, if it is still there.</summary>
    private Operation? Find(int slot) =>
        operations.InFlight.Slots[slot] is { } scope && scope.Id == _places[slot].OperationId ? scope : null;

    /// <summary>Notices which operations allocated, started and ended since the previous reading.</summary>
    private void Follow(long number)
    {
        _changed.Clear();
        operations.InFlight.Changed.Take(_changed);
        var slots = operations.InFlight.Slots;
        if (_places.Length < slots.Length)
        {
            Array.Resize(ref _places, slots.Length);
        }

        foreach (var slot in _changed)
        {
            ref var place = ref _places[slot];
            var scope = slots[slot];
            if (place.OperationId != (scope?.Id ?? 0))
            {
                if (place.OperationId != 0)
                {
                    // The operation was handed over and counted before it left its slot.
                    TakeEnded();
                    Leave(ref place, number);
                }

                place.Begin(scope, number);
            }

            if (scope is not null)
            {
                // In this order: what is allocated in between marks the slot again.
                scope.ChangeNoticed();
                place.IsChanged = true;
            }

            if (place.TryActivate())
            {
                _active.Add(slot);
            }
        }

        TakeEnded();
    }

    private void Leave(ref Place place, long number)
    {
        var series = Of(place.Statistics!);
        for (var earlier = Math.Max(1, number - ReadingHistory.Length); earlier < number; earlier++)
        {
            series.Ended(earlier, place.At(earlier));
        }
    }

    private void TakeEnded()
    {
        while (operations.Handover.Ended.TryGetNext(ref _lastEnded, out var ended))
        {
            var entry = _ended[_endedCount++ % _ended.Length] ??= new();
            entry.Operation = ended;

            // One that was not seen before has taken everything since.
            entry.Place = ended.Slot >= 0 && ended.Slot < _places.Length && _places[ended.Slot].OperationId == ended.OperationId
                ? _places[ended.Slot]
                : default;
        }
    }

    private NameSeries Of(OperationStatistics statistics)
    {
        ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, statistics, out _);
        return series ??= new(statistics);
    }

    /// <summary>What is kept of the operation in a slot. Small, because there is one for each slot.</summary>
    private struct Place
    {
        private OperationAmount _last;
        private AmountSeries? _series;
        private long _first;
        private long _lastChange;
        private bool _isListed;

        /// <summary>0 if the slot was empty.</summary>
        public long OperationId { get; private set; }

        public OperationStatistics? Statistics { get; private set; }

        /// <summary>Whether the operation may have changed its amount since the last reading.</summary>
        public bool IsChanged { get; set; }

        /// <summary>Starts with another operation: its amount was zero before this reading.</summary>
        public void Begin(Operation? scope, long number)
        {
            (OperationId, Statistics, IsChanged) = (scope?.Id ?? 0, scope?.Statistics, false);
            (_last, _series, _first, _lastChange) = (default, null, number, number);
        }

        public void Set(long number, OperationAmount amount)
        {
            IsChanged = false;
            _first = Math.Min(_first, number);
            if (amount != _last)
            {
                if (_series is null && number > _first)
                {
                    _series = new();
                    for (var earlier = Math.Max(_first, number - ReadingHistory.Length + 1); earlier < number; earlier++)
                    {
                        _series[earlier] = _last;
                    }
                }

                (_last, _lastChange) = (amount, number);
            }

            Repeat(number);
        }

        /// <summary>The amount is the same as at the previous reading.</summary>
        public readonly void Repeat(long number)
        {
            if (_series is not null)
            {
                _series[number] = _last;
            }
        }

        public readonly OperationAmount At(long number) => number < _first ? default : _series?[number] ?? _last;

        /// <summary>Whether the amount has changed within the history.</summary>
        public readonly bool IsActive(long number) => OperationId != 0 && number - _lastChange < ReadingHistory.Length;

        /// <returns>Whether the slot has to be added to the list.</returns>
        public bool TryActivate() => OperationId != 0 && !_isListed && (_isListed = true);

        /// <summary>The slot was removed from the list; all readings of the history have the same amount.</summary>
        public void Rest() => (_isListed, _series) = (false, null);
    }

    private sealed class EndedEntry
    {
        public EndedOperation Operation { get; set; }

        public Place Place { get; set; }
    }
}
