using System.Net;
using System.Text.Json;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Inspect;

/// <summary>Compact lines as people copy them out of consoles: whole ones are recognized whatever was added, and damaged ones say what is missing.</summary>
public sealed class PastedLineTests
{
    private static readonly string Line = CompactLine.Critical;

    public static TheoryData<string, string> Pasted => new()
    {
        { "as it is", Line },
        { "in a log", $"2026-11-22 10:15:14.123 WRN {Line}\n2026-11-22 10:15:15.000 INF Next line\n" },
        { "wrapped", CompactLine.Wrapped(Line, 80, _ => "") },
        { "wrapped within words, indented", CompactLine.Wrapped(Line, 37, i => i == 0 ? "" : "      ") },
        { "carriage returns", CompactLine.Wrapped(Line, 80, _ => "").Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "pod and bar", CompactLine.Wrapped(Line, 70, _ => "bot-7c9f-x2 | ") },
        { "compose", CompactLine.Wrapped(Line, 70, _ => "bot-1  | ") },
        { "time stamps", CompactLine.Wrapped(Line, 70, i => $"2026-11-22T10:15:14.{120 + i}Z ") },
        { "time, pod, stream", CompactLine.Wrapped(Line, 60, i => $"2026-11-22T10:15:14.{120 + i}Z bot-7c9f-x2 stdout F ") },
        { "syslog", CompactLine.Wrapped(Line, 60, i => $"Nov 22 10:15:1{i % 10} host bot[{17 + i}]: ") },
        { "level only before the first", $"10:15:14 WRN {CompactLine.Wrapped(Line, 60, i => i == 0 ? "" : "10:15:14 ")}" },
        { "line numbers", CompactLine.Wrapped(Line, 60, i => $"{i + 1,4} ") },
        { "quoted mail", CompactLine.Wrapped(Line, 60, _ => "> > ") },
        { "table cell", CompactLine.Wrapped(Line, 60, _ => "│ ", " │") },
        { "quotes", CompactLine.Wrapped(Line, 60, _ => "\"", "\" \\") },
        { "JSON", JsonSerializer.Serialize(new { time = "2026-11-22T10:15:14Z", level = "warn", message = Line, state = new { record = Line } }) },
        { "JSON in JSON", JsonSerializer.Serialize(new { log = JsonSerializer.Serialize(new { message = Line }) + "\n", stream = "stdout" }) },
        { "JSON in pieces", string.Join('\n', Line.Chunk(100).Select(piece => $$"""{"log":"{{new string(piece)}}","stream":"stdout"}""")) },
        { "HTML", $"<div class=\"line\"><span>{WebUtility.HtmlEncode(Line).Replace(" ", "&nbsp;", StringComparison.Ordinal)}</span></div>" },
        { "HTML breaks", CompactLine.Wrapped(Line, 60, _ => "").Replace("\n", "<br/>", StringComparison.Ordinal) },
        { "colors", $"\u001b[33mwarn\u001b[0m: {Line.Replace("zone", "\u001b[1mzone\u001b[0m", StringComparison.Ordinal)}" },
        { "word processor", CompactLine.Wrapped(Line, 60, _ => "\u00a0", "\u200b").Replace('-', '\u2011') },
        { "arrows of a terminal", CompactLine.Wrapped(Line, 60, i => i == 0 ? "" : "↪ ", "↩") },
    };

    [Theory]
    [MemberData(nameof(Pasted))]
    public async Task A_whole_line_is_read_whatever_was_added_to_it(string what, string text)
    {
        var run = await Inspect(text);

        run.Should().BeEquivalentTo(new { ExitCode = 1, Error = "" }, because: what);
        run.Output.Should().ContainAll(
            "Compact line: 2026-11-22 10:15:14 +00:00, Critical (verified by its checksum)", "Memory: 460.0 MB of 512 MB used (89.8%)",
            "In flight: Download | User 5 | big+file=ü.zip | for 12.4 s | allocated 45.0 MB", "In flight: Upload | for 3.0 s | allocated 9.0 MB (charged 45.0 MB)",
            "Ended before: Session Created: 12 operations allocated 540.0 MB", "Ended before: Login: 1 operation allocated 1.0 MB", "Metrics: Sessions: 3 | Queue: n/a | Active DLs: 1");
        run.Output.Split("Compact line:").Should().HaveCount(2, "a line that is there twice is one line");
    }

    [Fact]
    public async Task Several_lines_are_shown_in_their_order()
    {
        var run = await Inspect($"INF {CompactLine.Elevated}\nsomething else\nWRN {Line}\n");

        run.Output.IndexOf("Elevated (verified", StringComparison.Ordinal).Should().BePositive().And.BeLessThan(run.Output.IndexOf("Critical (verified", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_below_the_critical_zone_is_nothing_found() => (await Inspect(CompactLine.Elevated)).ExitCode.Should().Be(0);

    [Fact]
    public async Task A_line_that_was_cut_off_shows_what_came_through_as_not_verified()
    {
        var run = await Inspect(Line[..(Line.IndexOf("Download", StringComparison.Ordinal) + 20)]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Be("memorywatch: standard input, line 1: the compact line is cut off, and its checksum with it; not readable: top, metrics, 1 of 2 in in\n");
        run.Output.Should().Contain("Critical (NOT VERIFIED)").And.Contain("In flight: Upload").And.Contain("Memory: 460.0 MB").And.NotContain("Ended before");
    }

    [Fact]
    public async Task A_number_that_was_cut_is_no_number()
    {
        var run = await Inspect(Line[..(Line.IndexOf("rss=455", StringComparison.Ordinal) + 7)]);

        run.Output.Should().Contain("GC heap: 201.0 MB").And.NotContain("Resident");
    }

    [Fact]
    public async Task A_cut_line_ends_where_the_next_lines_of_the_log_begin()
    {
        var run = await Inspect($"{Line[..Line.IndexOf("metrics", StringComparison.Ordinal)]}\n2026-11-22 10:15:20 INF Download Started | User 9 | used=1.0MB(None)\n");

        run.Output.Should().Contain("Ended before: Login").And.Contain("Memory: 460.0 MB");
    }

    [Fact]
    public async Task A_line_without_its_beginning_shows_the_rest_as_not_verified()
    {
        var run = await Inspect(Line[Line.IndexOf("60.0/512", StringComparison.Ordinal)..]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("the beginning of the compact line is missing, so its checksum says nothing; not readable: t, zone, used");
        run.Output.Should().Contain("time unknown, zone unknown (NOT VERIFIED)").And.Contain("GC heap: 201.0 MB");
    }

    [Fact]
    public async Task A_line_with_a_changed_digit_says_that_its_checksum_does_not_match()
    {
        var run = await Inspect(Line.Replace("rss=455.0MB", "rss=456.0MB", StringComparison.Ordinal));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("the checksum of the compact line does not match: a part of it was lost or changed");
        run.Output.Should().Contain("NOT VERIFIED").And.Contain("Resident: 456.0 MB");
    }

    [Fact]
    public async Task One_damaged_line_does_not_hide_a_whole_one()
    {
        var run = await Inspect($"{CompactLine.Elevated[..200]}\n{Line}\n");

        run.ExitCode.Should().Be(2);
        run.Output.Should().Contain("Elevated (NOT VERIFIED)").And.Contain("Critical (verified");
    }

    [Fact]
    public async Task No_cut_and_no_change_is_ever_taken_for_a_whole_line()
    {
        for (var length = 1; length < Line.Length - 1; length += 7)
        {
            (await Inspect(Line[..length])).Output.Should().NotContain("verified by its checksum");
        }
    }

    [Fact]
    public async Task A_file_with_lines_is_recognized_by_its_content()
    {
        using var folder = new TestFolder();

        (await CommandRun.Of("inspect", folder.File("memory.blackbox", $"WRN {Line}\n"))).Output.Should().Contain("verified by its checksum");
    }

    [Fact]
    public async Task The_JSON_has_the_shape_that_is_approved()
    {
        var run = await CommandRun.Of(new CommandRun.Setup { InputText = $"{Line}\n{Line[..100]}" }, "inspect", "-", "--json");

        Approved.Matches("inspect-lines.txt", JsonShape.Of(JsonDocument.Parse(run.Output)));
    }

    private static Task<CommandRun> Inspect(string text) => CommandRun.Of(new CommandRun.Setup { InputText = text }, "inspect", "-");
}
