namespace DownloaderBot.Local;

/// <summary>A file that a user received.</summary>
internal sealed record LocalFile(string Name, long Length, string Sha256)
{
    public string Caption { get; init; } = string.Empty;

    public bool IsVideo { get; init; }
}
