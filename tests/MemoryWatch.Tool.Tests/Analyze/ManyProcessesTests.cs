using MemoryWatch.Tell;
using MemoryWatch.Tool.Analyze;
using MemoryWatch.Tool.Tests.Analyze.Support;

namespace MemoryWatch.Tool.Tests.Analyze;

public class ManyProcessesTests
{
    private const string Start = "Memory watch started | Limit: 512 MB (from the Limit setting)";

    [Fact]
    public void Processes_that_a_prefix_names_are_told_apart_line_by_line()
    {
        var lines = LogForms.Serilog("{Message:lj}{NewLine}").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Concat(lines.Select(line => $"bot-1  | {line}\nbot-2  | {line}\nweb-1  | GET / 200\n"));

        var report = Analyzed.Text(text);

        report.DamagedLines.Should().Be(0);
        report.SpikeCount.Should().Be(2);
        report.Runs.Select(run => run.Source).Should().BeEquivalentTo("bot-1", "bot-1", "bot-2", "bot-2");
        report.Runs.Select(run => run.Growth.Readings).Order().Should().Equal(1, 1, 4, 4);
        report.UncleanEnds.Should().HaveCount(2).And.OnlyContain(end => end.Verdict!.StartsWith("OOM-killed") && end.InFlightCount == 1);
        report.Notes.Should().NotContain(note => note.Kind == LogNoteKind.ProcessesNotToldApart);
    }

    [Fact]
    public void Processes_that_nothing_tells_apart_are_reported_as_such()
    {
        var report = Analyzed.Text(
            $"""
            10:00:00 INF {Start}
            10:00:01 INF Download Started | User 5 | Memory: 100.0 MB
            10:00:02 INF {Start}
            10:00:03 INF Download Completed | User 5 | Memory: 110.0 MB (+10.0 MB, allocated 9.0 MB, 2.0 s)
            """);

        report.Notes.Should().Contain(note => note.Kind == LogNoteKind.ProcessesNotToldApart);
        report.UncleanEndCount.Should().Be(0, "a start is no restart");
        report.HasFindings.Should().BeFalse();
    }

    [Fact]
    public void Lines_of_more_processes_than_are_told_apart_are_counted()
    {
        var text = string.Concat(Enumerable.Range(1, 100).Select(i => $"bot-{i}  | Work Started | Memory: 1.0 MB\n"));

        var report = Analyzed.Text(text);

        report.Runs.Should().HaveCount(LogReader.MostSources);
        report.Notes.Should().ContainSingle(note => note.Kind == LogNoteKind.TooManySources).Which.Count.Should().Be(100 - LogReader.MostSources);
        report.Operations.Should().ContainSingle().Which.Started.Should().Be(100);
    }

    [Fact]
    public void Files_are_read_in_their_order_and_a_run_goes_on_in_the_next()
    {
        var report = Analyzed.Text(
            $"2026-12-01 10:00:00 INF {Start}\n2026-12-01 10:00:01 INF Download Started | Memory: 100.0 MB\n",
            "2026-12-01 10:00:03 INF Download Completed | Memory: 100.0 MB (+0.0 MB, allocated 1.0 MB, 2.0 s)\n2026-12-01 10:00:05 INF Memory watch stopped\n");

        report.Runs.Should().ContainSingle().Which.Seconds.Should().Be(5);
        report.Operations[0].AloneCount.Should().Be(1);
        report.Files.Select(file => file.Lines).Should().Equal(2, 2);
        report.HasFindings.Should().BeFalse();
    }

    [Fact]
    public void Files_in_the_wrong_order_are_noticed()
    {
        var report = Analyzed.Text(
            "2026-12-02 10:00:00 INF Download Started | Memory: 100.0 MB\n", "2026-12-01 10:00:00 INF Download Started | Memory: 100.0 MB\n");

        report.Notes.Should().Contain(note => note.Kind == LogNoteKind.FilesOutOfOrder);
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_no_time_pass()
    {
        var report = Analyzed.Text(
            $"""
            2026-12-01 10:00:00 INF {Start}
            2026-12-01 10:10:00 INF ⚠️ MEMORY ELEVATED: 360.0 MB / 512 MB
            2026-12-01 09:10:00 INF Work Started | Memory: 360.0 MB
            2026-12-01 09:20:00 INF Memory watch stopped
            """);

        report.Notes.Should().Contain(note => note.Kind == LogNoteKind.ClockWentBack);
        report.Runs[0].Seconds.Should().Be(1200);
        report.Runs[0].Zones.Select(zone => zone.Seconds).Should().Equal(600, 600);
    }

    [Fact]
    public void The_last_compact_line_of_a_run_without_a_clean_end_says_what_was_in_flight()
    {
        var record = CompactRecordText.Write(
            new() { Time = LogStory.Begin, Zone = MemoryZone.Critical, Usage = new() { UsedBytes = 470 << 20, LimitBytes = 512 << 20, Source = LimitSource.Setting } },
            [new() { Name = "Upload", Context = "User 7", Age = TimeSpan.FromSeconds(12), Allocation = new() { AllocatedBytes = 40 << 20 } }],
            []);

        var report = Analyzed.Text($"{Start}\n{record}\n{Start}\n");

        var end = report.UncleanEnds.Should().ContainSingle().Subject;
        end.CompactLine.Should().Be(record);
        AnalyzeText.UncleanEnd(end).Should().Contain(
            "  Its last compact line: 2026-12-01 23:50:00 UTC, Critical, 470.0 MB of 512 MB; 1 in flight: Upload (User 7) for 12.0 s, allocated 40.0 MB");
    }

    [Fact]
    public void A_log_that_only_ends_claims_no_kill()
    {
        var report = Analyzed.Text($"10:00:00 INF {Start}\n10:00:01 INF Download Started | Memory: 100.0 MB\n");

        report.UncleanEndCount.Should().Be(0);
        report.Runs.Should().ContainSingle().Which.Ended.Should().Be(RunEnd.LogEnds);
        report.HasFindings.Should().BeFalse();
    }
}
