using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>The envelope of every answer.</summary>
internal static class BotApiAnswer
{
    public static Task OkAsync(HttpContext context, JsonNode result) =>
        context.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = true, ["result"] = result });

    public static Task ErrorAsync(HttpContext context, int code, string description, int? retryAfter = null)
    {
        context.Response.StatusCode = code;
        var body = new JsonObject { ["ok"] = false, ["error_code"] = code, ["description"] = description };
        if (retryAfter is { } seconds)
        {
            body["parameters"] = new JsonObject { ["retry_after"] = seconds };
        }

        return context.Response.WriteAsJsonAsync(body);
    }
}
