namespace DownloaderBot.Sessions;

/// <summary>
/// What a post says of its media before the download; the name is as its author wrote it. A platform may know more of it
/// than that, and gets back what it gave.
/// </summary>
internal record MediaInfo(PostLink Link, string FileName, long SizeBytes);
