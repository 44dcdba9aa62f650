namespace DownloaderBot.Sessions;

/// <summary>What a post says of its media before the download; the name is as its author wrote it.</summary>
internal sealed record MediaInfo(PostLink Link, string FileName, long SizeBytes);
