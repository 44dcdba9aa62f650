namespace DownloaderBot.Local;

/// <summary>
/// A post of the local platform. The link says it all: <c>https://t.me/demo/25</c> has a file of 25 MB; other channels
/// misbehave, each as it is named.
/// </summary>
/// <param name="FileName">As its author named it.</param>
/// <param name="AnnouncedBytes">What the post says; absent for a post without media.</param>
/// <param name="ServedBytes">What comes.</param>
/// <param name="IsCut">Whether the connection breaks before all of that has come.</param>
internal sealed record LocalPost(string FileName, long? AnnouncedBytes, long ServedBytes, bool IsCut = false)
{
    /// <summary>The post, or null where there is none.</summary>
    public static LocalPost? Find(string channel, int id)
    {
        var name = $"{channel}-{id}.bin";
        var size = (long)id << 20;
        return channel switch
        {
            "demo" => new(name, size, size),
            "empty" => new(name, 0, 0),
            "text" => new(name, null, 0),
            "cut" => new(name, size, size, IsCut: true),
            "short" => new(name, size, size / 2),
            "long" => new(name, size, size * 2),
            "hostile" => new($"../../{name}\u202E\n", size, size),
            _ => null,
        };
    }

    /// <summary>The bytes of every file: this block over and over.</summary>
    public static byte[] Block { get; } = MakeBlock();

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
