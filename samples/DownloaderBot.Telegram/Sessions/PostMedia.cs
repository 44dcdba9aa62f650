using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Returns the file of a post: a photo in its largest size, or a document, which is every other type, from film to sticker.</summary>
internal static class PostMedia
{
    /// <summary>Returns <see langword="null"/> for text, polls, places, web page previews, and expired media.</summary>
    public static TelegramMedia? Of(Message message, PostLink link) =>
        FileOf(message, link) is { } file ? file with { Caption = message.message ?? string.Empty } : null;

    private static TelegramMedia? FileOf(Message message, PostLink link) => message.media switch
    {
        MessageMediaPhoto { photo: Photo photo } => OfPhoto(photo, link),
        MessageMediaDocument { document: Document document } => new(
            link, NameOf(document, link), document.size, new(document.id, document.ToFileLocation(), document.dc_id))
        {
            Video = VideoOf(document),
        },
        _ => null,
    };

    private static TelegramMedia? OfPhoto(Photo photo, PostLink link) =>

        // The other sizes are outlines and blurred previews that came with the post.
        photo.sizes.Where(s => s is PhotoSize or PhotoSizeProgressive).MaxBy(s => (long)s.Width * s.Height) is { } largest
            ? new(link, $"photo-{link.PostId}.jpg", largest.FileSize, new(photo.id, photo.ToFileLocation(largest), photo.dc_id))
            : null;

    /// <summary>A bot can send only MP4 as a video. What moves without sound, or is round, is not shown as one.</summary>
    private static VideoInfo? VideoOf(Document document) =>
        document.mime_type == "video/mp4" && document.GetAttribute<DocumentAttributeAnimated>() is null
            && document.GetAttribute<DocumentAttributeVideo>() is { } video && !video.flags.HasFlag(DocumentAttributeVideo.Flags.round_message)
            ? new(video.w, video.h, TimeSpan.FromSeconds(video.duration))
            : null;

    private static string NameOf(Document document, PostLink link) => string.IsNullOrWhiteSpace(document.Filename)
        ? $"{KindOf(document)}-{link.PostId}{ExtensionOf(document.mime_type)}"
        : document.Filename;

    private static string KindOf(Document document) =>
        document.GetAttribute<DocumentAttributeSticker>() is not null ? "sticker"
        : document.GetAttribute<DocumentAttributeAnimated>() is not null ? "animation"
        : document.GetAttribute<DocumentAttributeVideo>() is not null ? "video"
        : document.GetAttribute<DocumentAttributeAudio>() is not null ? "audio"
        : "file";

    private static string ExtensionOf(string? mimeType) => mimeType switch
    {
        "video/mp4" => ".mp4",
        "video/webm" => ".webm",
        "video/quicktime" => ".mov",
        "audio/mpeg" => ".mp3",
        "audio/mp4" => ".m4a",
        "audio/ogg" => ".ogg",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        "application/pdf" => ".pdf",
        "application/zip" => ".zip",
        "application/x-tgsticker" => ".tgs",
        _ => ".bin",
    };
}

/// <summary>The location of a file on Telegram. It contains a reference that expires, usually after hours.</summary>
internal sealed record TelegramFile(long Id, InputFileLocationBase Location, int DataCentre);

/// <summary>A post's media, with its location.</summary>
internal sealed record TelegramMedia(PostLink Link, string FileName, long SizeBytes, TelegramFile File)
    : MediaInfo(Link, FileName, SizeBytes);
