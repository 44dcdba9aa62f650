namespace DownloaderBot.Sessions;

/// <summary>
/// A post's description of its media before the download; the name is as its author wrote it. A platform may derive from this record to add data
/// that it needs for the download.
/// </summary>
internal record MediaInfo(PostLink Link, string FileName, long SizeBytes);
