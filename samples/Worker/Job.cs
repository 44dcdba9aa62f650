using MemoryWatch;

namespace Worker;

/// <summary>One piece of work. Its operation begins when it is queued, so that the time in the queue counts.</summary>
internal sealed record Job(int Number, int Bytes, OperationScope Scope);
