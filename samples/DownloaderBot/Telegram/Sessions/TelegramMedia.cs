using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Where Telegram has a file. The location carries a reference that expires, usually after hours.</summary>
internal sealed record TelegramFile(long Id, InputFileLocationBase Location, int DataCentre);

/// <summary>A post's media, with where it is.</summary>
internal sealed record TelegramMedia(PostLink Link, string FileName, long SizeBytes, TelegramFile File)
    : MediaInfo(Link, FileName, SizeBytes);
