using MemoryWatch.AspNetCore.Page.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>Writes answers with the headers that all of them have.</summary>
internal static class Answer
{
    // Only the page's own files and addresses, no script or style in the markup, and no frame around it. The icon is in the markup.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const int WorthCompressing = 1024;

    public static void SetHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    public static Task FileAsync(HttpContext context, PageFile file)
    {
        var response = context.Response;
        if (context.Request.Query["v"] == PageFiles.Version)
        {
            response.Headers.CacheControl = "private, max-age=31536000, immutable";
        }

        response.ContentType = file.Type;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        var isCompressed = TakesGzip(context.Request);
        if (isCompressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        return WriteAsync(context, isCompressed ? file.Compressed : file.Content);
    }

    /// <summary>Writes bytes that are made for this answer.</summary>
    public static Task BytesAsync(HttpContext context, string type, byte[] content) => ContentAsync(context, type, new(content));

    /// <summary>Writes bytes, compressed if the client takes that.</summary>
    public static Task ContentAsync(HttpContext context, string type, Content content)
    {
        context.Response.ContentType = type;
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (content.Plain.Length < WorthCompressing || !TakesGzip(context.Request))
        {
            return WriteAsync(context, content.Plain);
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return WriteAsync(context, content.Compressed);
    }

    private static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> content)
    {
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(encoding => encoding.Value == "gzip" && encoding.Quality is not 0);
}
