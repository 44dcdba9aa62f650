namespace DownloaderBot.Sessions;

/// <summary>
/// A post's description of its media before the download; the name is as its author wrote it. A platform may derive from this record to add data
/// that it needs for the download.
/// </summary>
/// <param name="Link">The post itself; in an album each file has a separate one.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="SizeBytes">The file's length.</param>
internal record MediaInfo(PostLink Link, string FileName, long SizeBytes)
{
    /// <summary>The text that the post has beside its media; empty for none.</summary>
    public string Caption { get; init; } = string.Empty;

    /// <summary>How to play it; <see langword="null"/> unless the post shows it as a video.</summary>
    public VideoInfo? Video { get; init; }
}

/// <summary>A video's picture size in pixels and its length; each is 0 if the post does not state it.</summary>
internal sealed record VideoInfo(int Width, int Height, TimeSpan Length);
