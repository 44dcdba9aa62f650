namespace MemoryWatch.Act;

/// <summary>The settings of the ladder.</summary>
/// <param name="Collects">Whether a GC is forced while memory is high.</param>
/// <param name="CollectionCooldown">Minimum time between two such GCs.</param>
/// <param name="TrimsNativeHeap">Whether free native memory is returned to the system.</param>
/// <param name="OnlyObserves">Whether the ladder only reports which steps it would have called.</param>
internal readonly record struct ReliefRules(bool Collects, TimeSpan CollectionCooldown, bool TrimsNativeHeap, bool OnlyObserves);
