using System.IO.Compression;
using System.Security.Cryptography;

namespace MemoryWatch.AspNetCore.Page.Files;

/// <summary>The files of the page, embedded in the assembly. They are compressed when first asked for, and contain nothing of the application.</summary>
internal static class PageFiles
{
    public static PageFile Page { get; } = new("page.html", "text/html; charset=utf-8");

    public static PageFile Enter { get; } = new("enter.html", "text/html; charset=utf-8");

    public static PageFile Style { get; } = new("page.css", "text/css; charset=utf-8");

    public static PageFile Script { get; } = new("page.js", "text/javascript; charset=utf-8");

    public static PageFile EnterScript { get; } = new("enter.js", "text/javascript; charset=utf-8");

    /// <summary>Part of the addresses of the style and the script, so that browsers may keep them for good.</summary>
    public static string Version { get; } = Convert.ToHexString(
        SHA256.HashData([.. Style.Content, .. Script.Content, .. EnterScript.Content]).AsSpan(0, 6));
}

/// <summary>One file.</summary>
internal sealed class PageFile(string name, string type)
{
    private readonly Lazy<byte[]> _compressed = new(() => Compress(Read(name)));

    public string Name { get; } = name;

    public string Type { get; } = type;

    public byte[] Content => Read(Name);

    public byte[] Compressed => _compressed.Value;

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(typeof(PageFile), name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
