using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemoryWatch.Hosting.Webhook;

/// <summary>One message, before it is put into the template.</summary>
internal sealed partial record WebhookMessage(
    string Text, string Kind, AlertSeverity Severity, MemoryZone Zone, string Application, string Host, DateTimeOffset Time)
{
    // What the strictest of the chat services takes is 2,000 characters.
    private const int LongestText = 1_900;

    /// <summary>A message to try a template with; its text has all that must be escaped.</summary>
    public static WebhookMessage Example { get; } = new("\"\\\n{text}", "spike", AlertSeverity.Warning, MemoryZone.Healthy, "app", "host", default);

    /// <summary>The body of the request.</summary>
    public string Body(string template) => Placeholder().Replace(template, match => Quoted(match.Groups[1].Value switch
    {
        "text" => Text.Length <= LongestText ? Text : Text[..(char.IsHighSurrogate(Text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "…",
        "kind" => Kind,
        "severity" => Severity.ToString(),
        "zone" => Zone.ToString(),
        "application" => Application,
        "host" => Host,
        _ => Time.ToString("O", CultureInfo.InvariantCulture),
    }));

    // Chats show what is escaped for HTML as it is escaped, so only what JSON needs is.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    [GeneratedRegex(@"\{(text|kind|severity|zone|application|host|time)\}")]
    private static partial Regex Placeholder();
}
