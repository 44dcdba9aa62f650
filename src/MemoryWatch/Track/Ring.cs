namespace MemoryWatch.Track;

/// <summary>
/// The last items of a sequence, in a fixed number of places. Any thread may add and read. A short lock keeps items consistent, because they are
/// too large for an atomic write.
/// </summary>
internal sealed class Ring<T>(int capacity)
{
    private readonly object _lock = new();
    private readonly T[] _items = new T[capacity];
    private long _count;

    /// <returns>The item's number, counted from 1.</returns>
    public long Add(in T item)
    {
        lock (_lock)
        {
            _items[_count++ % capacity] = item;
            return _count;
        }
    }

    /// <summary>Replaces the last item that fits, if there is one. Use it only for rare events, because it may scan all items.</summary>
    public void Amend(Func<T, bool> fits, Func<T, T> change)
    {
        lock (_lock)
        {
            for (var number = _count - 1; number >= Math.Max(0, _count - capacity); number--)
            {
                if (fits(_items[number % capacity]))
                {
                    _items[number % capacity] = change(_items[number % capacity]);
                    return;
                }
            }
        }
    }

    /// <summary>
    /// Gets the item after number <paramref name="number"/>, or the oldest one kept if that item is gone, and its number. A reader that calls too
    /// rarely sees the gap in the numbers.
    /// </summary>
    public bool TryGetNext(ref long number, out T item)
    {
        lock (_lock)
        {
            var next = Math.Max(number, _count - capacity);
            if (next >= _count)
            {
                item = default!;
                return false;
            }

            item = _items[next % capacity];
            number = next + 1;
            return true;
        }
    }

    /// <summary>The last items, at most <paramref name="most"/>, oldest first, and the number of the first of them.</summary>
    public T[] Last(int most, out long firstNumber)
    {
        lock (_lock)
        {
            var items = new T[Math.Min(Math.Min(_count, capacity), most)];
            firstNumber = _count - items.Length + 1;
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = _items[(firstNumber - 1 + i) % capacity];
            }

            return items;
        }
    }
}
