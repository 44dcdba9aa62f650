namespace MemoryWatch.Tool.Machine;

/// <summary>What was found at a path.</summary>
/// <param name="Path">The absolute path as the process sees it.</param>
/// <param name="State">What was there.</param>
/// <param name="Content">Its content; empty unless it was read.</param>
internal sealed record RecordedFile(string Path, RecordedState State, byte[] Content);
