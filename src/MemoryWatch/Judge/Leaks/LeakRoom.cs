namespace MemoryWatch.Judge;

/// <summary>How much memory there is for a growth.</summary>
/// <param name="LimitBytes">The limit, in bytes; the highest memory so far if there is none.</param>
/// <param name="LeftBytes">What is left of it; without a limit the memory itself, which would double.</param>
internal readonly record struct LeakRoom(double LimitBytes, double LeftBytes);
