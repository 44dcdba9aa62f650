using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>The local platform's description of a post; without a size if the post has no media.</summary>
/// <param name="FileName">Name of its file.</param>
/// <param name="SizeBytes">Length of its file.</param>
/// <param name="Caption">The text beside the file.</param>
/// <param name="Video">How to play it, if it is a video.</param>
/// <param name="Album">Numbers of all posts of its album, in order; empty if it is in none.</param>
internal sealed record LocalPostInfo(string FileName, long? SizeBytes, string Caption, VideoInfo? Video, int[] Album);
