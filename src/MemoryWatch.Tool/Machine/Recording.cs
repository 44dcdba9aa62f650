namespace MemoryWatch.Tool.Machine;

/// <summary>All that the readers asked of a machine, so that they can be asked again elsewhere and give the same answer.</summary>
/// <param name="Facts">What is not in files.</param>
/// <param name="Files">What was found at each path, in the order of reading.</param>
internal sealed record Recording(MachineFacts Facts, IReadOnlyList<RecordedFile> Files);
