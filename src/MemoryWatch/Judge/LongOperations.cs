using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Finds long-running operations, for reports written while memory is tight.</summary>
internal static class LongOperations
{
    private const int Most = 5;

    /// <returns>Up to five operations that have been in flight for longer than the limit, the oldest first.</returns>
    public static OperationInFlight[] Find(InFlightRegistry inFlight, TimeSpan limit, TimeProvider time)
    {
        var old = new List<Operation>();
        foreach (var operation in inFlight.Slots)
        {
            if (operation is not null && time.GetElapsedTime(operation.StartTimestamp) > limit)
            {
                old.Add(operation);
            }
        }

        old.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return [.. old.Take(Most).Select(operation => operation.Describe(time))];
    }
}
