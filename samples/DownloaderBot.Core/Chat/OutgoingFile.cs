using DownloaderBot.Sessions;

namespace DownloaderBot.Chat;

/// <summary>What a chat is told of a file that it sends.</summary>
/// <param name="Name">The name to show.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Caption">Text beside the file; empty for none.</param>
/// <param name="Video">How to play it; <see langword="null"/> if it is sent as a file.</param>
internal sealed record OutgoingFile(string Name, long Bytes, string Caption = "", VideoInfo? Video = null);
