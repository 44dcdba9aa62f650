using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace DownloaderBot.Logging;

/// <summary>The log: short lines on the console, and the same with dates and stack traces in logs.txt.</summary>
internal static class BotLogging
{
    private const long MaxFileBytes = 5 << 20;
    private const int FilesKept = 3;

    /// <summary>Name of the host's event for a failed start.</summary>
    private const string StartFailure = "HostedServiceStartupFaulted";

    // `:lj` writes text unchanged. By default Serilog puts quotes around it, and a search for MEMORY SNAPSHOT would find nothing.
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}";
    private const string FileLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void AddBotLogging(
        this ILoggingBuilder logging, string folder, ConsoleFormat format = ConsoleFormat.Text, long fileBytes = MaxFileBytes)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);

        // AddSerilog is not used: its filter lets everything through and would override these filters and the Logging section.
        logging.Services.AddSingleton<ILoggerProvider>(
            _ => new SerilogLoggerProvider(CreateLogger(Path.Combine(folder, BotLog.FileName), format, fileBytes), dispose: true));
    }

    private static Logger CreateLogger(string file, ConsoleFormat format, long fileBytes) => new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .WriteTo.Logger(console => console
            .Filter.ByExcluding(IsStartFailure)
            .WriteTo.Console(format == ConsoleFormat.Json
                ? new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture)
                : new MessageTemplateTextFormatter(ConsoleLine, CultureInfo.InvariantCulture)))
        .WriteTo.File(
            file,
            outputTemplate: FileLine,
            formatProvider: CultureInfo.InvariantCulture,
            fileSizeLimitBytes: fileBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: FilesKept)
        .CreateLogger();

    /// <summary>
    /// Whether this is the host's line for a failed start. The file keeps it, with its trace; the console shows only the sentence with the
    /// reason.
    /// </summary>
    private static bool IsStartFailure(LogEvent line) =>
        line.Properties.TryGetValue("EventId", out var id)
        && id is StructureValue { Properties: var parts }
        && parts.Any(part => part.Value is ScalarValue { Value: StartFailure });
}

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
