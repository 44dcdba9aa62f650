namespace MemoryWatch;

/// <summary>
/// The settings of <see cref="HostedMemoryWatchBuilder.AddWebhook"/>. The configuration section <c>MemoryWatch:Webhook</c> has the same names and
/// takes precedence. They are read once, when the host starts.
/// </summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch().AddWebhook(webhook =&gt; webhook.Template = WebhookTemplates.Slack);
/// // MemoryWatch__Webhook__Url=https://hooks.slack.com/services/… in the environment
/// </code>
/// </example>
public sealed class WebhookOptions
{
    /// <summary>
    /// The address that messages are posted to, <c>http</c> or <c>https</c>; <see langword="null"/> or empty, the default, sends nothing. It often
    /// contains a secret, so it is never written to the log, only the name of its host.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// The body of a message, as JSON in which each of <c>{text}</c>, <c>{kind}</c>, <c>{severity}</c>, <c>{zone}</c>, <c>{application}</c>,
    /// <c>{host}</c> and <c>{time}</c> is replaced by a JSON string, quotes included. <see cref="WebhookTemplates.Json"/> by default, which has all of
    /// them.
    /// </summary>
    public string Template { get; set; } = WebhookTemplates.Json;

    /// <summary>The lowest severity of alerts that are sent; <see cref="AlertSeverity.Warning"/> by default.</summary>
    public AlertSeverity MinimumSeverity { get; set; } = AlertSeverity.Warning;

    /// <summary>The time that the server has to answer a message; 10 s by default, 1 s to 1 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
