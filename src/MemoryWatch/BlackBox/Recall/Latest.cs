namespace MemoryWatch.BlackBox.Recall;

/// <summary>The items with the highest numbers of many that come in any order, the lowest first.</summary>
internal sealed class Latest<T>(int most)
{
    private readonly List<(long Number, T Item)> _items = [];

    public IReadOnlyList<T> Items => [.. _items.Select(item => item.Item)];

    /// <summary>Whether it would be kept, so that others need not be made at all.</summary>
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
