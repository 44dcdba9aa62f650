namespace Packages.Tests;

/// <summary>The packages beside those that many programs have already.</summary>
[Collection(SharedFeed.Name)]
public sealed class LoggingAndTelemetryTests(Feed feed, ITestOutputHelper output)
{
    [Fact]
    public void Serilog_writes_what_the_watch_logs_with_its_values()
    {
        var program = Pages.Programs("README.md")[0]
            .Replace("using MemoryWatch;", "using MemoryWatch;\nusing Serilog;\nusing Serilog.Formatting.Compact;", StringComparison.Ordinal)
            .Replace("builder.Services.AddMemoryWatch();",
                "builder.Services.AddSerilog(log => log.WriteTo.Console(new CompactJsonFormatter()));\nbuilder.Services.AddMemoryWatch();", StringComparison.Ordinal);
        var consumer = new Consumer("web", "MemoryWatch.Hosting") { Others = [("Serilog.AspNetCore", "10.0.0")] };
        var folder = feed.NewProject("Serilog", consumer, Pages.AskAndStop(program, "/download/7"));

        var printed = feed.Dotnet(folder, "run", "--urls", "http://127.0.0.1:0");

        output.WriteLine(printed);
        printed.Should().MatchRegex(
            "\"operation\":\"Download\",[^\n]*\"context\":\"User 7\",\"resident_bytes\":[1-9][^\n]*\"outcome\":\"Completed\",[^\n]*\"SourceContext\":\"MemoryWatch\"");
    }

    [Fact]
    public void OpenTelemetry_exports_the_metrics_to_Prometheus()
    {
        var consumer = new Consumer("web", "MemoryWatch.AspNetCore")
        {
            Others = [("OpenTelemetry.Extensions.Hosting", "1.20.1"), ("OpenTelemetry.Exporter.Prometheus.AspNetCore", "1.20.1-beta.1")],
        };
        var program = Pages.Programs("docs/telemetry.md").Single(p => p.Contains("AddPrometheusExporter", StringComparison.Ordinal));
        var folder = feed.NewProject("OpenTelemetry", consumer, Pages.AskAndStop(program, "/download/7", "/metrics"));

        var printed = feed.Dotnet(folder, "run", "--urls", "http://127.0.0.1:0");

        output.WriteLine(printed);
        printed.Should().Contain("/metrics: 200").And.MatchRegex("memorywatch_used_bytes\\{[^}]*otel_scope_name=\"MemoryWatch\"[^}]*\\} [1-9]")
            .And.MatchRegex("memorywatch_operation_duration_seconds_count\\{[^}]*memorywatch_operation_name=\"Download\"[^}]*\\} 1");
    }
}
