using System.IO.Compression;
using System.Security.Cryptography;

namespace MemoryWatch.AspNetCore.Page.Files;

/// <summary>The files of the page, embedded in the assembly. They are compressed when first asked for, and contain nothing of the application.</summary>
internal static class PageFiles
{
    public static PageFile Page { get; } = new("page.html", "text/html; charset=utf-8");

    public static PageFile Enter { get; } = new("enter.html", "text/html; charset=utf-8");

    public static PageFile Style { get; } = new("page.css", "text/css; charset=utf-8");

    /// <summary>One script of small files, which share one scope. The first has what all of them use, the last starts the page.</summary>
    public static PageFile Script { get; } = new(
        "page.js",
        "text/javascript; charset=utf-8",
        [
            .. new[]
            {
                "state", "words", "elements", "time-axis", "size-axis", "lines", "chart", "lanes", "small-metrics", "marks", "pointers", "growers",
                "pointing", "split", "chart-table", "sorting", "operations", "metrics", "headline", "readings", "ranges", "loading", "stream", "report",
                "start",
            }.Select(part => $"Script.{part}.js"),
        ]);

    public static PageFile EnterScript { get; } = new("enter.js", "text/javascript; charset=utf-8");

    /// <summary>Part of the addresses of the style and the script, so that browsers may keep them for good.</summary>
    public static string Version { get; } = Convert.ToHexString(
        SHA256.HashData([.. Style.Content, .. Script.Content, .. EnterScript.Content]).AsSpan(0, 6));
}

/// <summary>One file as browsers get it; of one embedded file or of several, one after the other.</summary>
internal sealed class PageFile(string name, string type, IReadOnlyList<string> parts)
{
    private readonly Lazy<byte[]> _compressed = new(() => Compress(Read(parts)));

    public PageFile(string name, string type)
        : this(name, type, [name])
    {
    }

    public string Name { get; } = name;

    public string Type { get; } = type;

    public IReadOnlyList<string> Parts { get; } = parts;

    public byte[] Content => Read(Parts);

    public byte[] Compressed => _compressed.Value;

    private static byte[] Read(IReadOnlyList<string> parts)
    {
        using var content = new MemoryStream();
        foreach (var part in parts)
        {
            using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(typeof(PageFile), part)!;
            stream.CopyTo(content);
        }

        return content.ToArray();
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
