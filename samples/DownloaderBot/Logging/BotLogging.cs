using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace DownloaderBot.Logging;

/// <summary>The log: short lines on the console, the same with dates and stack traces in logs.txt.</summary>
internal static class BotLogging
{
    public const string FileName = "logs.txt";

    private const long MaxFileBytes = 5 << 20;
    private const int FilesKept = 3;

    /// <summary>The name of the host's event.</summary>
    private const string StartFailure = "HostedServiceStartupFaulted";

    // `:lj` prints text as it is; by default Serilog puts quotes around it, and nobody could search for MEMORY SNAPSHOT.
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}";
    private const string FileLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void AddBotLogging(this ILoggingBuilder logging, string folder, long fileBytes = MaxFileBytes)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);

        // Not by AddSerilog, whose own filter lets everything through and would overrule these and the Logging section.
        logging.Services.AddSingleton<ILoggerProvider>(
            _ => new SerilogLoggerProvider(CreateLogger(Path.Combine(folder, FileName), fileBytes), dispose: true));
    }

    private static Logger CreateLogger(string file, long fileBytes) => new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .WriteTo.Logger(console => console
            .Filter.ByExcluding(IsStartFailure)
            .WriteTo.Console(outputTemplate: ConsoleLine, formatProvider: CultureInfo.InvariantCulture))
        .WriteTo.File(
            file,
            outputTemplate: FileLine,
            formatProvider: CultureInfo.InvariantCulture,
            fileSizeLimitBytes: fileBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: FilesKept)
        .CreateLogger();

    /// <summary>The host's own line when the start fails. The file keeps it, with its trace; the console gets the sentence that says why.</summary>
    private static bool IsStartFailure(LogEvent line) =>
        line.Properties.TryGetValue("EventId", out var id)
        && id is StructureValue { Properties: var parts }
        && parts.Any(part => part.Value is ScalarValue { Value: StartFailure });
}
