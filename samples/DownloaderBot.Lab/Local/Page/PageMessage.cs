namespace DownloaderBot.Local.Page;

/// <summary>A message in the form that the page's script gets.</summary>
internal sealed record PageMessage(
    long User, long Sequence, long Id, string Text, bool Edited, bool Deleted, PageFile? File)
{
    public static PageMessage Of(long userId, LocalMessage message, KeptFiles kept) => new(
        userId,
        message.Sequence,
        message.MessageId,
        message.Text,
        message.IsEdit,
        message.IsDeleted,
        message.File is { } file ? new(file.Name, file.Length, file.Caption, kept.Find(file.Sha256) is null ? null : file.Sha256) : null);
}

/// <summary>A file, with its key if it can be fetched.</summary>
internal sealed record PageFile(string Name, long Length, string Caption, string? Key);
