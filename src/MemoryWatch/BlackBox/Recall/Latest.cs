namespace MemoryWatch.BlackBox.Recall;

/// <summary>Keeps the items with the highest numbers, lowest first. Items may come in any order.</summary>
internal sealed class Latest<T>(int most)
{
    private readonly List<(long Number, T Item)> _items = [];

    public IReadOnlyList<T> Items => [.. _items.Select(item => item.Item)];

    /// <summary>Whether an item with this number would be kept; if not, the caller need not create it.</summary>
    public bool Wants(long number) => _items.Count < most || number > _items[0].Number;

    public void Add(long number, T item)
    {
        var place = _items.FindIndex(other => other.Number > number);
        _items.Insert(place < 0 ? _items.Count : place, (number, item));
        if (_items.Count > most)
        {
            _items.RemoveAt(0);
        }
    }
}
