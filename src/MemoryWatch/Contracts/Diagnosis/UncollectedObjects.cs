namespace MemoryWatch;

/// <summary>Objects of one name that should have been collected and are still alive.</summary>
/// <param name="Name">The name given to <c>ExpectCollected</c>; safe to print.</param>
/// <param name="Count">Number of objects of this name that are overdue.</param>
/// <param name="OldestAge">Time since the oldest of them was expected to be collected.</param>
public sealed record UncollectedObjects(string Name, long Count, TimeSpan OldestAge);
