namespace DownloaderBot.Local;

/// <summary>What the local platform says of a post; no size where it has no media.</summary>
internal sealed record LocalPostInfo(string FileName, long? SizeBytes);
