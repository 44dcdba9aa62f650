namespace MemoryWatch.BlackBox.Record;

/// <summary>Where the black box is and how large; read once, when the watch starts.</summary>
/// <param name="Path">The file; absent for no black box.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="KeptFiles">How many files of earlier runs are kept.</param>
/// <param name="TerminationLogPath">The file that the host shows when the process has died; absent for none.</param>
internal sealed record BlackBoxSettings(string? Path, long Size, int KeptFiles, string? TerminationLogPath);
