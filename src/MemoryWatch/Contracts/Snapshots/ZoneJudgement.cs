namespace MemoryWatch;

/// <summary>How near a snapshot is to its limits. Each limit has a separate zone, because each is left separately.</summary>
/// <param name="Used">Zone of the used memory and the limit that kills.</param>
/// <param name="Least">The same by the lower bound of used memory.</param>
/// <param name="Heap">Zone of the occupied heap and the GC's limit.</param>
/// <param name="Governing">
/// Which usage decided the zone: <see cref="LimitSource.GCHeap"/>, <see cref="LimitSource.Process"/>, or any other for the limit that kills.
/// </param>
internal readonly record struct ZoneJudgement(MemoryZone Used, MemoryZone Least, MemoryZone Heap, LimitSource Governing)
{
    /// <summary>
    /// Set if the heap would be in a worse zone if what was allocated since the last GC is no garbage: a GC is to tell, before that is reported. It
    /// is the number of full GCs so far.
    /// </summary>
    public int? CollectionsBefore { get; init; }

    /// <summary>Whether a GC is to tell how much of the heap is garbage.</summary>
    public bool NeedsCollection => CollectionsBefore is not null;

    /// <summary>The zone that texts name: by the upper bound of used memory.</summary>
    public MemoryZone Zone => Used > Heap ? Used : Heap;

    /// <summary>The zone for whatever acts on memory: by the lower bound of used memory.</summary>
    public MemoryZone ActingZone => Least > Heap ? Least : Heap;
}
