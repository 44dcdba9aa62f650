namespace MemoryWatch.Track;

/// <summary>A thread as the watch thread found it.</summary>
/// <param name="Thread">The thread.</param>
/// <param name="Operation">The operation that it runs; <see langword="null"/> if it runs none.</param>
/// <param name="Since">Since when, as milliseconds of the threads' clock; if it runs none, when it last entered one.</param>
/// <param name="Hops">Number of its hops so far.</param>
internal readonly record struct FlowStay(FlowThread Thread, Operation? Operation, long Since, long Hops);
