namespace MemoryWatch.Tool.Live;

/// <summary>What grew within the window.</summary>
/// <param name="Name">Name of a mapping, or of another process.</param>
/// <param name="Bytes">By how much, in bytes.</param>
/// <param name="NowBytes">What it has now, in bytes.</param>
internal readonly record struct Growth(string Name, long Bytes, long NowBytes);
