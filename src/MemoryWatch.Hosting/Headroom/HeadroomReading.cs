namespace MemoryWatch.Hosting;

/// <summary>How much room memory has, before reservations. In bytes.</summary>
/// <param name="Room">
/// Distance to the ceiling if everything that a GC can free were free; negative above the ceiling. <see langword="null"/> if there is no limit or
/// no reading: then nothing is refused.
/// </param>
/// <param name="Level">Used memory without what a GC can free; leases are compared with its growth.</param>
/// <param name="Reclaimable">The part of <paramref name="Room"/> that is there only after a GC.</param>
/// <param name="Ceiling">The level up to which memory may be leased.</param>
internal readonly record struct HeadroomReading(long? Room, long Level, long Reclaimable, long Ceiling);
