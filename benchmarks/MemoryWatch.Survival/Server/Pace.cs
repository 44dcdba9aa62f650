namespace MemoryWatch.Survival.Server;

/// <summary>How fast everything happens: 1 for a list of three minutes, less for a shorter one.</summary>
internal sealed record Pace(double Factor);
