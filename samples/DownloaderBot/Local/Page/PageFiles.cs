namespace DownloaderBot.Local.Page;

/// <summary>The page itself: three files within the program.</summary>
internal static class PageFiles
{
    // Nothing but the page's own script and style; the picture is the empty one that stops browsers from asking for an icon.
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
