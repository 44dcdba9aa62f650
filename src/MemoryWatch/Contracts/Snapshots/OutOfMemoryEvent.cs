namespace MemoryWatch;

/// <summary>An <see cref="OutOfMemoryException"/> that was thrown, and memory at that moment.</summary>
/// <param name="Count">Number of such exceptions so far, this one included. An exception that is thrown again counts once.</param>
/// <param name="Time">Time of the exception (UTC).</param>
/// <param name="ResidentBytes">Resident memory of this process, in bytes; <see langword="null"/> if it could not be read.</param>
/// <param name="OccupiedBytes">The heap in use, in bytes.</param>
/// <param name="NeverFits">Whether the allocation exceeds what the runtime allows for any array, so that no memory would be enough.</param>
internal sealed record OutOfMemoryEvent(long Count, DateTimeOffset Time, long? ResidentBytes, long OccupiedBytes, bool NeverFits);
