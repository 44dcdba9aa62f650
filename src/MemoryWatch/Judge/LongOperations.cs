using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>Finds long-running operations, for reports written while memory is tight.</summary>
internal static class LongOperations
{
    private const int Most = 5;

    /// <returns>Up to five operations that have been in flight for longer than the limit, the oldest first.</returns>
    public static OperationInFlight[] Find(InFlightRegistry inFlight, TimeSpan limit, TimeProvider time)
    {
        var oldest = Array.FindAll(inFlight.Oldest(Most), operation => time.GetElapsedTime(operation.StartTimestamp) > limit);
        return Array.ConvertAll(oldest, operation => operation.Describe(time));
    }
}
