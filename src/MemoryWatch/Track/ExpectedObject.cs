namespace MemoryWatch.Track;

/// <summary>An object that was expected to be collected and is alive.</summary>
/// <param name="Kind">Its name without numbers.</param>
/// <param name="Label">Which one it is: its name if that has more than the kind, and its context.</param>
/// <param name="Age">Time since it was expected to be collected.</param>
/// <param name="Collections">Number of gen-2 GCs when it was expected to be collected.</param>
internal readonly record struct ExpectedObject(string Kind, string Label, TimeSpan Age, int Collections);
