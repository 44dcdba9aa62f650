using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting.Webhook;

/// <summary>Reads the section <c>MemoryWatch:Webhook</c> over the program's settings, and checks them.</summary>
internal static class WebhookSettings
{
    public const string Section = $"{MemoryWatchOptions.SectionName}:Webhook";

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <exception cref="OptionsValidationException">A setting is not allowed. The message never contains the address.</exception>
    public static WebhookOptions Read(IConfiguration? configuration, WebhookOptions options)
    {
        var problems = configuration?.GetSection(Section).GetChildren().Select(setting => Apply(options, setting.Key, setting.Value)).ToList() ?? [];
        options.Url = options.Url?.Trim();
        problems.Add(UrlProblem(options.Url));
        problems.Add(TemplateProblem(options.Template));
        if (options.Timeout < ShortestTimeout || options.Timeout > LongestTimeout)
        {
            problems.Add($"{Section}:Timeout is '{options.Timeout}'; it must be 00:00:01 to 00:01:00.");
        }

        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? options : throw new OptionsValidationException(Section, typeof(WebhookOptions), found);
    }

    private static string? Apply(WebhookOptions options, string name, string? value)
    {
        switch (name.ToUpperInvariant())
        {
            case "URL":
                options.Url = value;
                return null;
            case "TEMPLATE":
                options.Template = value ?? string.Empty;
                return null;
            case "MINIMUMSEVERITY" when Enum.TryParse<AlertSeverity>(value, ignoreCase: true, out var severity) && Enum.IsDefined(severity):
                options.MinimumSeverity = severity;
                return null;
            case "MINIMUMSEVERITY":
                return $"{Section}:{name} is '{value}'; it must be Information, Warning or Critical.";
            case "TIMEOUT" when TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var timeout):
                options.Timeout = timeout;
                return null;
            case "TIMEOUT":
                return $"{Section}:{name} is '{value}'; it must be a time such as 00:00:10.";
            default:
                return $"{Section}:{name} is not a setting. There are: Url, Template, MinimumSeverity, Timeout.";
        }
    }

    private static string? UrlProblem(string? url) =>
        string.IsNullOrEmpty(url) || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp))
            ? null
            : $"{Section}:Url is not an absolute http or https address. It is not shown, because it may contain a secret.";

    private static string? TemplateProblem(string template)
    {
        try
        {
            JsonDocument.Parse(WebhookMessage.Example.Body(template)).Dispose();
            return null;
        }
        catch (JsonException exception)
        {
            return $"{Section}:Template is no JSON once its placeholders are replaced by strings, quotes included ({exception.Message})";
        }
    }
}
