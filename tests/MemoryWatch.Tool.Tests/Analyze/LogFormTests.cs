using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MemoryWatch.Tool.Analyze;
using MemoryWatch.Tool.Tests.Analyze.Support;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tool.Tests.Analyze;

public class LogFormTests
{
    private const string Plain = "{Message:lj}{NewLine}";

    public static TheoryData<string> Forms => [.. All.Keys];

    private static Dictionary<string, Func<string>> All { get; } = new()
    {
        ["console"] = () => LogForms.Console("simple", logging => logging.AddSimpleConsole()),
        ["console in color"] = () => LogForms.Console("simple", logging => logging.AddSimpleConsole(o => o.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Enabled)),
        ["console with times"] = () => LogForms.Console("simple", logging => logging.AddSimpleConsole(o => o.TimestampFormat = "yyyy-MM-dd HH:mm:ss ")),
        ["console on one line"] = () => LogForms.Console("simple", logging => logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss "))),
        ["console for systemd"] = () => LogForms.Console("systemd", logging => logging.AddSystemdConsole()),
        ["console in JSON"] = () => LogForms.Console("json", logging => logging.AddJsonConsole()),
        ["console in JSON with times"] = () => LogForms.Console("json", logging => logging.AddJsonConsole(o => o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ")),
        ["file of the sample"] = () => LogForms.Serilog(LogForms.FileTemplate),
        ["console of the sample"] = () => LogForms.Serilog("{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}"),
        ["file of Serilog"] = () => LogForms.Serilog("{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{NewLine}{Exception}"),
        ["console of Serilog"] = () => LogForms.Serilog("[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj}{NewLine}{Exception}"),
        ["JSON of Serilog"] = () => LogForms.SerilogJson(renders: false),
        ["JSON of Serilog with messages"] = () => LogForms.SerilogJson(renders: true),
        ["compact JSON of Serilog"] = () => LogForms.SerilogCompact(isRendered: false),
        ["compact JSON of Serilog with messages"] = () => LogForms.SerilogCompact(isRendered: true),
        ["message alone"] = () => LogForms.Serilog(Plain),
        ["docker compose"] = () => Prefix(line => $"bot-1  | {line}"),
        ["docker compose with a name"] = () => Prefix(line => $"memorybot  | {line}"),
        ["docker compose with times"] = () => Prefix(line => $"bot-1  | 2026-12-01T23:50:00.123456789Z {line}"),
        ["docker logs with times"] = () => Prefix(line => $"2026-12-01T23:50:00.123456789Z {line}"),
        ["Docker's file"] = () => Prefix(line => $"{{\"log\":{JsonSerializer.Serialize(line + "\n")},\"stream\":\"stdout\",\"time\":\"2026-12-01T23:50:00.123456789Z\"}}"),
        ["kubectl with prefix and times"] = () => Prefix(line => $"[pod/bot-7c5/bot] 2026-12-01T23:50:00.123456789Z {line}"),
        ["CRI"] = () => Prefix(line => $"2026-12-01T23:50:00.123456789Z stdout F {line}"),
        ["CRI, cut"] = () => Analyzed.Prefixed(
            LogForms.SerilogJson(renders: false), line => $"2026-12-01T23:50:00.1Z stdout P {line[..80]}\n2026-12-01T23:50:00.1Z stdout F {line[80..]}"),
        ["Docker's file, cut"] = () => Prefix(line => line.Contains("Memory:", StringComparison.Ordinal)
            ? $"{{\"log\":{JsonSerializer.Serialize(line[..^3])},\"stream\":\"stdout\",\"time\":\"2026-12-01T23:50:00.1Z\"}}\n{{\"log\":{JsonSerializer.Serialize(line[^3..] + "\n")},\"stream\":\"stdout\",\"time\":\"2026-12-01T23:50:00.1Z\"}}"
            : $"{{\"log\":{JsonSerializer.Serialize(line + "\n")},\"stream\":\"stdout\",\"time\":\"2026-12-01T23:50:00.1Z\"}}"),
        ["journald"] = () => Prefix(line => $"Dec 01 23:50:00 host bot[123]: {line}"),
        ["journald, ISO"] = () => Prefix(line => $"2026-12-01T23:50:00+0000 host bot[123]: {line}"),
        ["syslog"] = () => Prefix(line => $"<13>Dec  1 23:50:00 host bot[123]: {line}"),
        ["syslog 5424"] = () => Prefix(line => $"<14>1 2026-12-01T23:50:00.123Z host bot 123 - - {line}"),
        ["Heroku"] = () => Prefix(line => $"2026-12-01T23:50:00.123456+00:00 app[web.1]: {line}"),
        ["Fly"] = () => Prefix(line => $"2026-12-01T23:50:00Z app[148e21eb] fra [info]{line}"),
        ["Railway"] = () => Prefix(line => $"2026-12-01T23:50:00.123456789Z [inf]  {line}"),
        ["Railway in JSON"] = () => Prefix(line => $"{{\"message\":{JsonSerializer.Serialize(line)},\"severity\":\"info\",\"timestamp\":\"2026-12-01T23:50:00Z\"}}"),
        ["Render"] = () => Prefix(line => $"Dec 1 11:50:00 PM [x7k2p] {line}"),
        ["NLog"] = () => Messages(line => $"2026-12-01 23:50:00.1234|INFO|MemoryWatch|{line}"),
        ["log4net"] = () => Messages(line => $"2026-12-01 23:50:00,123 [{line.Length % 7}] INFO  MemoryWatch - {line}"),
        ["Windows line ends"] = () => LogForms.Serilog(LogForms.FileTemplate).ReplaceLineEndings("\r\n"),
        ["without symbols"] = () => LogForms.Serilog(LogForms.FileTemplate).Replace("⚠️ ", "?? ", StringComparison.Ordinal)
            .Replace("📊 ", "?? ", StringComparison.Ordinal).Replace("🔴 ", "?? ", StringComparison.Ordinal).Replace("🗑️ ", "??? ", StringComparison.Ordinal),
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_form_of_log_tells_the_same_story(string form)
    {
        var text = All[form]();

        var report = Analyzed.Text(text);

        report.DamagedLines.Should().Be(0, "of {0}", string.Join(", ", report.FirstDamaged));
        report.SpikeCount.Should().Be(1);
        report.Spikes[0].IncreaseBytes.Should().Be(94 * LogStory.Megabyte);
        report.Spikes[0].Cause.Should().StartWith("unknown, memory did not grow");
        report.Spikes[0].InFlight.Select(operation => operation.Name).Should().Equal("Download", "Upload");
        report.Runs.Select(run => (run.HasStart, run.Ended)).Should().Equal((true, RunEnd.Unclean), (true, RunEnd.Stopped));
        report.UncleanEndCount.Should().Be(1);
        report.UncleanEnds[0].Verdict.Should().StartWith("OOM-killed by the kernel (likely)");
        report.UncleanEnds[0].Details.Should().Contain(line => line.StartsWith("In flight: Upload"));
        report.UncleanEnds[0].InFlight.Should().ContainSingle().Which.Name.Should().Be("Upload");
        report.UncleanEnds[0].Zone.Should().Be(MemoryZone.Critical);
        var first = report.Runs[0];
        first.LimitBytes.Should().Be(512 * LogStory.Megabyte);
        first.Growth.Readings.Should().Be(4, "three alerts and the periodic check have a snapshot");
        first.Growth.HighestResidentBytes.Should().Be(480 * LogStory.Megabyte);
        first.Zones.Where(zone => zone.Entered > 0).Select(zone => (zone.Zone, zone.Entered)).Should().Equal((MemoryZone.Elevated, 1), (MemoryZone.Critical, 1));
        report.Runs[1].Growth.Readings.Should().Be(1, "the last snapshot of the previous run is none of this one");
        var sessions = first.Metrics.Single(metric => metric.Name == "Sessions");
        (sessions.Highest, sessions.Maximum, sessions.TimesOver).Should().Be((12, 10, 1));
        first.Metrics.Select(metric => metric.Name).Should().Equal("Sessions", "Cache", "Threads");
        report.Findings.Should().ContainSingle(finding => finding.Rule == FindingRule.TooManyItems).Which.Text.Should().Contain("Sessions is 12 (maximum 10)");
        report.Operations.Select(operation => operation.Name).Should().BeEquivalentTo("Download", "Upload");
        var download = report.Operations[0];
        (download.Started, download.Completed, download.Failed, download.Cancelled).Should().Be((2, 1, 1, 0));
        download.AllocatedBytes.Should().Be(130 * LogStory.Megabyte);
        (download.AloneCount, download.AloneChangeBytes).Should().Be((1, 45 * LogStory.Megabyte), "an upload ran beside the second");
        (download.MeanSeconds, download.LongestSeconds).Should().Be((7.5, 10));
        report.FreedBytes.Should().Be(30 * LogStory.Megabyte);
        report.HasFindings.Should().BeTrue();
    }

    [Theory]
    [InlineData("file of the sample")]
    [InlineData("console of the sample")]
    [InlineData("JSON of Serilog")]
    [InlineData("compact JSON of Serilog")]
    public void Time_in_zones_is_that_between_their_lines_also_past_midnight(string form)
    {
        var report = Analyzed.Text(All[form]());

        report.Runs[0].Zones.Select(zone => (zone.Zone, zone.Seconds)).Should().Equal(
            (MemoryZone.Healthy, 115), (MemoryZone.Elevated, 60), (MemoryZone.Critical, 30));
        report.Runs[0].Seconds.Should().Be(205);
        report.Runs[1].Seconds.Should().Be(30);
        report.Spikes[0].InFlight.Select(operation => operation.Seconds).Should().Equal(5, 4);
    }

    [Fact]
    public void A_gzip_file_and_a_UTF_16_file_are_read_as_the_text_that_they_are()
    {
        var text = LogForms.Serilog(LogForms.FileTemplate);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));

        Analyzed.Bytes(packed.ToArray()).SpikeCount.Should().Be(1);
        Analyzed.Bytes([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]).SpikeCount.Should().Be(1);
    }

    [Fact]
    public void A_gzip_file_that_was_cut_off_is_read_up_to_there()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (var i = 0; i < 1000; i++)
                gzip.Write(Encoding.UTF8.GetBytes($"Download {i} Started | Memory: 1.0 MB\n"));
        }

        var report = Analyzed.Bytes(packed.ToArray()[..((int)packed.Length / 2)]);

        report.LibraryLines.Should().BeInRange(1, 999);
        report.HasFindings.Should().BeFalse();
    }

    [Fact]
    public void The_forms_of_the_first_guide_are_read()
    {
        var report = Analyzed.Text(
            """
            ⚠️ MEMORY SPIKE DETECTED: +75.3 MB increase!
            📊 MEMORY SNAPSHOT | Operation: Alert: spike
            ├─ RAM Usage: 227.8 MB (Virtual: 1024.3 MB)
            ├─ System: 44.5% used (284.2 MB available)
            └─ Sessions: 1 | Threads: 18 | Open files: 15
            📜 Recent operations (last 20):
              1. [10:15:23] Session Created - 150.2 MB - User 123 - Total sessions: 1
              2. [10:15:45] Download Started - 152.5 MB - User 123
            Download Completed | User 123 | Memory: 153.1 MB (+0.6 MB, 12.4 s)
            ⚠️ HIGH MEMORY USAGE: 421.7 MB / 512 MB
            🗑️ GC freed 15.3 MB: 432.1 MB -> 416.8 MB in 38 ms
            """);

        report.DamagedLines.Should().Be(0);
        report.LibraryLines.Should().Be(8);
        report.SpikeCount.Should().Be(1);
        report.Alerts.Should().BeEquivalentTo(
            [new AlertCount("MEMORY SNAPSHOT", 1), new("MEMORY SPIKE DETECTED", 1), new("HIGH MEMORY USAGE", 1), new("freed", 1)]);
        report.Runs.Should().ContainSingle().Which.LimitBytes.Should().Be(512 * LogStory.Megabyte);
        report.Notes.Should().ContainSingle().Which.Kind.Should().Be(LogNoteKind.NoTimes);
        report.Runs[0].Seconds.Should().BeNull("no line has a time");
    }

    /// <summary>The prefix on the first line of each message, as loggers of text do.</summary>
    private static string Messages(Func<string, string> prefix) =>
        Analyzed.Prefixed(LogForms.Serilog("#{Message:lj}{NewLine}"), line => line.StartsWith('#') ? prefix(line[1..]) : line);

    private static string Prefix(Func<string, string> prefix) => Analyzed.Prefixed(LogForms.Serilog(Plain), prefix);
}
