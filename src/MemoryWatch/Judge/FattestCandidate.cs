using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>An operation that could be cancelled.</summary>
/// <param name="Cancellation">The operation and its source.</param>
/// <param name="TakenBytes">What it has taken since memory was last healthy, nested operations included.</param>
/// <param name="IsAtWork">Whether it has taken memory lately and does not wait now.</param>
internal readonly record struct FattestCandidate(OperationCancellation Cancellation, long TakenBytes, bool IsAtWork);
