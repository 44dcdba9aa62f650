using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>
/// A post of the local platform. The link defines it: <c>https://t.me/demo/25</c> has a file of 25 MB; other channels misbehave as their names
/// say.
/// </summary>
/// <param name="FileName">File name that its author chose.</param>
/// <param name="AnnouncedBytes">Size that the post announces; <see langword="null"/> for a post without media.</param>
/// <param name="ServedBytes">Size that the platform serves.</param>
/// <param name="Break">When the connection breaks half way.</param>
internal sealed record LocalPost(string FileName, long? AnnouncedBytes, long ServedBytes, LocalBreak Break = LocalBreak.Never)
{
    /// <summary>How many posts an album has in the channel that has albums: the first three posts are one, the next three are another.</summary>
    private const int AlbumPosts = 3;

    /// <summary>The channel whose posts no user may see.</summary>
    public const string Private = "private";

    /// <summary>Returns the post; <see langword="null"/> if it does not exist.</summary>
    public static LocalPost? Find(string channel, int id)
    {
        var name = $"{channel}-{id}.bin";
        var size = (long)id << 20;
        return channel switch
        {
            "demo" => new(name, size, size),
            "empty" => new(name, 0, 0),
            "text" => new(name, null, 0),
            "cut" => new(name, size, size, LocalBreak.First),
            "broken" => new(name, size, size, LocalBreak.Always),
            "short" => new(name, size, size / 2),
            "long" => new(name, size, size * 2),
            "album" => new(name, size, size) { Caption = (id - 1) % AlbumPosts == 0 ? $"An album from {id} on" : string.Empty, Album = AlbumOf(id) },
            "video" => new($"{channel}-{id}.mp4", size, size) { Caption = "A film\nin two lines", Video = new(1280, 720, TimeSpan.FromSeconds(90)) },
            "hostile" => new($"../../{name}\u202E\n", size, size),
            _ => null,
        };
    }

    /// <summary>The text beside the file.</summary>
    public string Caption { get; private init; } = string.Empty;

    public VideoInfo? Video { get; private init; }

    /// <summary>Numbers of all posts of the album; empty if it is in none.</summary>
    public int[] Album { get; private init; } = [];

    public LocalPostInfo Describe() => new(FileName, AnnouncedBytes, Caption, Video, Album);

    /// <summary>The content of every file: this block, repeated.</summary>
    public static byte[] Block { get; } = MakeBlock();

    private static int[] AlbumOf(int id) => [.. Enumerable.Range((id - 1) / AlbumPosts * AlbumPosts + 1, AlbumPosts)];

    private static byte[] MakeBlock()
    {
        var block = new byte[64 << 10];
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = (byte)(i * 31 + (i >> 8));
        }

        return block;
    }
}

internal enum LocalBreak
{
    Never,

    /// <summary>Only of a download from the beginning, so the rest can be fetched.</summary>
    First,

    Always,
}

/// <summary>The local platform's description of a post; without a size if the post has no media.</summary>
/// <param name="FileName">Name of its file.</param>
/// <param name="SizeBytes">Length of its file.</param>
/// <param name="Caption">The text beside the file.</param>
/// <param name="Video">How to play it, if it is a video.</param>
/// <param name="Album">Numbers of all posts of its album, in order; empty if it is in none.</param>
internal sealed record LocalPostInfo(string FileName, long? SizeBytes, string Caption, VideoInfo? Video, int[] Album);
