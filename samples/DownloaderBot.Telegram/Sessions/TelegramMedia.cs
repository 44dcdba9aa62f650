using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>The location of a file on Telegram. It contains a reference that expires, usually after hours.</summary>
internal sealed record TelegramFile(long Id, InputFileLocationBase Location, int DataCentre);

/// <summary>A post's media, with its location.</summary>
internal sealed record TelegramMedia(PostLink Link, string FileName, long SizeBytes, TelegramFile File)
    : MediaInfo(Link, FileName, SizeBytes);
