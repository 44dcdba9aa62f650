namespace MemoryWatch.BlackBox.Record;

/// <summary>Location and size of the black box; read once, when the watch starts.</summary>
/// <param name="Path">Path of the file; <see langword="null"/> disables the black box.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="KeptFiles">Number of files of earlier runs that are kept.</param>
/// <param name="TerminationLogPath">The file that the host shows after the process has died; <see langword="null"/> for none.</param>
internal sealed record BlackBoxSettings(string? Path, long Size, int KeptFiles, string? TerminationLogPath);
