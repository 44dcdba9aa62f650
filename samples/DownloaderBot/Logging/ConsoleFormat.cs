namespace DownloaderBot.Logging;

/// <summary>How lines look on the console: for people, or one JSON object each for log stores.</summary>
internal enum ConsoleFormat
{
    Text,
    Json,
}

internal static class ConsoleFormats
{
    private const string Variable = "LOG_FORMAT";

    /// <summary>Reads <c>LOG_FORMAT</c>; text if it is not set.</summary>
    /// <exception cref="InvalidOperationException">It is neither <c>text</c> nor <c>json</c>.</exception>
    public static ConsoleFormat Choose(IConfiguration configuration) => configuration[Variable]?.Trim().ToUpperInvariant() switch
    {
        null or "" or "TEXT" => ConsoleFormat.Text,
        "JSON" => ConsoleFormat.Json,
        _ => throw new InvalidOperationException($"{Variable} is '{configuration[Variable]}'; it must be text or json."),
    };
}
