using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>Reads a call as the real server does: JSON, or a form with a file, which is counted and hashed as it comes.</summary>
internal static class BotCallReader
{
    public static async Task<BotCall> ReadAsync(string method, HttpContext context, Func<long, CancellationToken, Task>? gate)
    {
        var request = context.Request;
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data")
        {
            return await ReadFormAsync(method, context, HeaderUtilities.RemoveQuotes(type.Boundary).Value!, gate);
        }

        var body = request.ContentType is null
            ? JsonDocument.Parse("{}")
            : await JsonDocument.ParseAsync(request.Body, default, context.RequestAborted);
        return new(method, body.RootElement);
    }

    private static async Task<BotCall> ReadFormAsync(
        string method, HttpContext context, string boundary, Func<long, CancellationToken, Task>? gate)
    {
        var reader = new MultipartReader(boundary, context.Request.Body);
        var (form, document) = (new JsonObject(), default(SentDocument));
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            var disposition = ContentDispositionHeaderValue.Parse(section.ContentDisposition);
            if (disposition.IsFileDisposition())
            {
                var (length, sha256) = await HashAsync(section.Body, gate, context.RequestAborted);
                document = new(HeaderUtilities.RemoveQuotes(disposition.FileName).Value!, length, sha256, context.Request.ContentLength);
            }
            else
            {
                using var text = new StreamReader(section.Body);
                form[HeaderUtilities.RemoveQuotes(disposition.Name).Value!] = await text.ReadToEndAsync(context.RequestAborted);
            }
        }

        return new(method, form.Deserialize<JsonElement>(), document);
    }

    private static async Task<(long Length, string Sha256)> HashAsync(
        Stream file, Func<long, CancellationToken, Task>? gate, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        while (await file.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            length += read;
            if (gate is not null)
            {
                await gate(length, cancel);
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
