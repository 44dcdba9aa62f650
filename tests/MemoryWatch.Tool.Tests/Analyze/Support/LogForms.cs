using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace MemoryWatch.Tool.Tests.Analyze.Support;

/// <summary>The story through each formatter.</summary>
internal static class LogForms
{
    public const string FileTemplate = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>A formatter of Microsoft's console logger; it takes its time from the machine.</summary>
    public static string Console(string name, Action<ILoggingBuilder> configure)
    {
        using var services = new ServiceCollection().AddLogging(logging => configure(logging.AddConsole())).BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(known => known.Name == name);
        using var text = new StringWriter { NewLine = "\n" };
        LogStory.Write(new FormattedLogger(formatter, text), new FakeTimeProvider(LogStory.Begin));
        return text.ToString();
    }

    public static string Serilog(string template) => Serilog(new MessageTemplateTextFormatter(template, CultureInfo.InvariantCulture));

    public static string SerilogJson(bool renders) => Serilog(new JsonFormatter(renderMessage: renders, formatProvider: CultureInfo.InvariantCulture));

    public static string SerilogCompact(bool isRendered) => Serilog(new CompactForm(isRendered));

    private static string Serilog(ITextFormatter formatter)
    {
        var time = new FakeTimeProvider(LogStory.Begin);
        using var text = new StringWriter { NewLine = "\n" };
        using var log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new Sink(formatter, text, time)).CreateLogger();
        using var provider = new SerilogLoggerProvider(log);
        LogStory.Write(provider.CreateLogger("MemoryWatch"), time);
        return text.ToString();
    }

    private sealed class FormattedLogger(ConsoleFormatter formatter, TextWriter text) : Microsoft.Extensions.Logging.ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            formatter.Write(new LogEntry<TState>(logLevel, "MemoryWatch", eventId, state, exception, format), null, text);
    }

    private sealed class Sink(ITextFormatter formatter, TextWriter text, TimeProvider time) : ILogEventSink
    {
        public void Emit(LogEvent line) => formatter.Format(
            new(time.GetUtcNow(), line.Level, line.Exception, line.MessageTemplate, line.Properties.Select(pair => new LogEventProperty(pair.Key, pair.Value))), text);
    }

    /// <summary>Serilog's compact form: the template and the values, or the message and the values.</summary>
    private sealed class CompactForm(bool isRendered) : ITextFormatter
    {
        private readonly JsonValueFormatter _values = new("$type");

        public void Format(LogEvent line, TextWriter output)
        {
            output.Write($"{{\"@t\":\"{line.Timestamp.UtcDateTime:O}\",\"{(isRendered ? "@m" : "@mt")}\":");
            JsonValueFormatter.WriteQuotedJsonString(isRendered ? line.MessageTemplate.Render(line.Properties, CultureInfo.InvariantCulture) : line.MessageTemplate.Text, output);
            foreach (var (name, value) in line.Properties)
            {
                output.Write(',');
                JsonValueFormatter.WriteQuotedJsonString(name, output);
                output.Write(':');
                _values.Format(value, output);
            }

            output.Write("}\n");
        }
    }
}
