using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Keeps the last records of one kind in the ring, however many records of other kinds are written. An alert is worth more than the samples of
/// one minute near the limit. Used under the writer's lock.
/// </summary>
internal sealed class LastPlaces(RecordRing ring)
{
    private readonly Queue<int> _places = new(RunRecording.ShownEvents + 1);

    public void Keep(int place)
    {
        if (!ring.TryPin(place))
        {
            return;
        }

        _places.Enqueue(place);
        if (_places.Count > RunRecording.ShownEvents)
        {
            ring.Unpin(_places.Dequeue());
        }
    }
}
