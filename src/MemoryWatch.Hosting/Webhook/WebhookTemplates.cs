using System.Text.Json;

namespace MemoryWatch;

/// <summary>Bodies of messages as chat services expect them, for <see cref="WebhookOptions.Template"/>.</summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch().AddWebhook(webhook =&gt; webhook.Template = WebhookTemplates.Telegram("-1001234567890"));
/// // MemoryWatch__Webhook__Url=https://api.telegram.org/bot…/sendMessage in the environment
/// </code>
/// </example>
public static class WebhookTemplates
{
    /// <summary>All that is known of a message, for a server of your own.</summary>
    public const string Json =
        """{"text":{text},"kind":{kind},"severity":{severity},"zone":{zone},"application":{application},"host":{host},"time":{time}}""";

    /// <summary>An incoming webhook of Slack, Mattermost or Rocket.Chat.</summary>
    public const string Slack = """{"text":{text}}""";

    /// <summary>A webhook of a Discord channel. Names in the text notify nobody.</summary>
    public const string Discord = """{"content":{text},"allowed_mentions":{"parse":[]}}""";

    /// <summary>The method <c>sendMessage</c> of a Telegram bot.</summary>
    /// <param name="chat">The id of the chat, or the name of a public channel.</param>
    /// <exception cref="ArgumentException"><paramref name="chat"/> is empty.</exception>
    public static string Telegram(string chat)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(chat);
        return $"{{\"chat_id\":\"{JsonEncodedText.Encode(chat)}\",\"text\":{{text}}}}";
    }
}
