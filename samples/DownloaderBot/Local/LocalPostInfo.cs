namespace DownloaderBot.Local;

/// <summary>The local platform's description of a post; without a size if the post has no media.</summary>
internal sealed record LocalPostInfo(string FileName, long? SizeBytes);
