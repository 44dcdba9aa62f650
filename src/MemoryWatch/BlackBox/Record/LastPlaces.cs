namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Keeps the last records of one kind in the ring, however many records of other kinds are written. An alert is worth more than the samples of
/// one minute near the limit. Used under the writer's lock.
/// </summary>
/// <param name="ring">The ring.</param>
/// <param name="most">How many records to keep.</param>
internal sealed class LastPlaces(RecordRing ring, int most)
{
    private readonly Queue<int> _places = new(most + 1);

    public void Keep(int place)
    {
        if (!ring.TryPin(place))
        {
            return;
        }

        _places.Enqueue(place);
        if (_places.Count > most)
        {
            ring.Unpin(_places.Dequeue());
        }
    }
}
