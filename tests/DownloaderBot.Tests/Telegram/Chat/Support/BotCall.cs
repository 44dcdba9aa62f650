using System.Text.Json;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>A call that came in; of a file its body is the form without it.</summary>
internal sealed record BotCall(string Method, JsonElement Body, SentDocument? Document = null)
{
    public string Path { get; init; } = string.Empty;

    public string? Text(string name) => Body.TryGetProperty(name, out var value) ? value.ToString() : null;

    public long Number(string name) => long.Parse(Text(name)!, null);
}

/// <summary>A file as it arrived.</summary>
internal sealed record SentDocument(string Name, long Length, string Sha256, long? AnnouncedBytes);
