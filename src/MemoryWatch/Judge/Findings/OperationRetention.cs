namespace MemoryWatch.Judge;

/// <summary>What operations of one name leave behind.</summary>
/// <param name="Name">The name.</param>
/// <param name="BytesEach">What live memory grew by for each operation that ended.</param>
/// <param name="Samples">Number of spans between gen-2 GCs on which the estimate rests.</param>
/// <param name="TotalBytes">What they hold in all, at least.</param>
internal readonly record struct OperationRetention(string Name, Estimate BytesEach, int Samples, long TotalBytes);
