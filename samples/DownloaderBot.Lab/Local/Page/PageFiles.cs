namespace DownloaderBot.Local.Page;

/// <summary>The page: three files embedded in the program.</summary>
internal static class PageFiles
{
    // Allows only the page's script and style. The picture is an empty one that stops browsers from requesting an icon.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string Name, string Type)[] Files =
    [
        ("/", "page.html", "text/html; charset=utf-8"),
        ("/local/page.css", "page.css", "text/css; charset=utf-8"),
        ("/local/page.js", "page.js", "text/javascript; charset=utf-8"),
    ];

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (path, name, type) in Files)
        {
            var content = Read(name);
            app.MapGet(path, (HttpResponse response) =>
            {
                response.Headers.ContentSecurityPolicy = Policy;
                response.Headers.XContentTypeOptions = "nosniff";
                response.Headers.CacheControl = "no-store";
                return Results.Bytes(content, type);
            });
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(typeof(PageFiles), name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
