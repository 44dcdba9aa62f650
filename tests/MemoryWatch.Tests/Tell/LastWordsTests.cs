using MemoryWatch.Files;
using MemoryWatch.Tell;
using MemoryWatch.Tests.BlackBox;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Tell;

/// <summary>From the imminent zone on, what is in flight is said where it outlives the container.</summary>
public sealed class LastWordsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string TerminationLog => _folder.File("termination-log");

    [Fact]
    public void A_pipe_in_the_place_of_the_termination_log_is_not_opened()
    {
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", TerminationLog);
        mkfifo.WaitForExit();

        // To open it would take until somebody opens its other end.
        DiskFiles.Instance.IsRegular(TerminationLog).Should().BeFalse();
        new TerminationLog(TerminationLog, DiskFiles.Instance).Write("LAST WORDS");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_in_flight_goes_to_the_log_once_and_to_the_termination_log()
    {
        File.WriteAllText(TerminationLog, string.Empty);
        using var watch = Start();

        // On a flow of its own, as this one allocates for the test.
        using var download = await Task.Run(() => watch.Watch.Track("Download", "User 5"));
        download.Charge(45 << 20);
        watch.Tick(460);
        File.ReadAllText(TerminationLog).Should().BeEmpty();

        watch.Tick(505, 12.4);
        watch.Tick(506);

        var line = watch.Log.Of(LogEvents.LastWords).Single();
        line.Level.Should().Be(LogLevel.Critical);
        line.Text.Should().Be(
            """
            ❌ LAST WORDS: 505.0 MB / 512 MB, 1 in flight
            ├─ In flight: Download | User 5 | for 13.4 s | allocated 0.0 MB, charged 45.0 MB | Memory at start: 100.0 MB
            └─ 2026-11-22 10:15:14 UTC
            📊 MEMORY SNAPSHOT | Operation: Last Words
            ├─ RAM Usage: 505.0 MB (Virtual: 1024.0 MB)
            ├─ System: 98.6% used (7.0 MB available)
            ├─ Limits: 505.0 MB of 512 MB (Limit setting)
            └─ Threads: 8 | Open files: 15
            """.ReplaceLineEndings("\n"));
        line.State["used_bytes"].Should().Be(505L << 20);
        File.ReadAllText(TerminationLog).Should().StartWith("❌ LAST WORDS: 506.0 MB").And.Contain("for 14.4 s", "it is written anew each second");
    }

    [Fact]
    public void They_say_the_most_important_finding_until_memory_is_no_longer_near_the_limit()
    {
        File.WriteAllText(TerminationLog, string.Empty);
        var time = new FakeTimeProvider();
        var words = new LastWords(new(), new(TerminationLog, DiskFiles.Instance), new LogCapture(), time);
        var finding = new MemoryFinding { Rule = FindingRule.LongPauses, Severity = AlertSeverity.Critical };
        TickReport Report(MemoryZone zone) => BoxBench.Report(new MemorySnapshot { Zone = zone });

        words.OnReport(Report(MemoryZone.Imminent).With(new MemoryDiagnosis { Findings = [finding] }));
        File.ReadAllText(TerminationLog).Should().Contain($"Finding: {finding.Describe()}");
        time.Advance(TimeSpan.FromSeconds(1));
        words.OnReport(Report(MemoryZone.Imminent));
        File.ReadAllText(TerminationLog).Should().Contain("Finding: ", "the diagnosis of the alert still holds");
        words.OnReport(Report(MemoryZone.Healthy));
        time.Advance(TimeSpan.FromSeconds(1));
        words.OnReport(Report(MemoryZone.Imminent));

        File.ReadAllText(TerminationLog).Should().NotContain("Finding: ");
    }

    [Fact]
    public void When_the_limit_is_no_longer_near_they_are_taken_back()
    {
        File.WriteAllText(TerminationLog, string.Empty);
        using var watch = Start();
        watch.Tick(505);
        watch.Tick(100);
        File.ReadAllText(TerminationLog).Should().BeEmpty();

        watch.Tick(505);
        watch.Log.Of(LogEvents.LastWords).Should().HaveCount(2);
        File.ReadAllText(TerminationLog).Should().StartWith("❌ LAST WORDS");
    }

    [Fact]
    public void A_termination_log_that_is_missing_is_not_made()
    {
        using var watch = Start();
        watch.Tick(505);

        File.Exists(TerminationLog).Should().BeFalse();
        watch.Log.Of(LogEvents.LastWords).Should().ContainSingle();
    }

    [Fact]
    public void The_applications_own_words_are_left_alone()
    {
        File.WriteAllText(TerminationLog, "Mine");
        using var watch = Start();
        watch.Tick(505);
        watch.Tick(100);

        File.ReadAllText(TerminationLog).Should().Be("Mine");
    }

    [Fact]
    public void They_are_cut_to_what_is_shown_at_a_whole_character()
    {
        File.WriteAllText(TerminationLog, string.Empty);
        using var watch = Start();
        var scopes = Enumerable.Range(0, 40).Select(i => watch.Watch.Track("Download", new string('語', 200))).ToList();
        watch.Tick(505);

        new FileInfo(TerminationLog).Length.Should().BeInRange(4000, 4096);
        File.ReadAllText(TerminationLog).Should().StartWith("❌ LAST WORDS: 505.0 MB / 512 MB, 40 in flight").And.NotContain("\uFFFD");
        watch.Log.Of(LogEvents.LastWords).Single().Text.Should().Contain("├─ In flight: and 20 more");
        scopes.ForEach(scope => scope.Dispose());
    }

    [Fact]
    public void They_are_said_where_the_file_cannot_be_made()
    {
        Directory.CreateDirectory(_folder.File("memory.blackbox"));
        using var watch = Start();
        watch.Tick(505);

        watch.Log.Of(LogEvents.LastWords).Should().ContainSingle();
    }

    [Fact]
    public void They_are_said_without_a_black_box_too()
    {
        File.WriteAllText(TerminationLog, string.Empty);
        using var watch = new WatchHarness(o => o.TerminationLogPath = TerminationLog);
        watch.Tick(505);

        watch.Log.Of(LogEvents.LastWords).Should().ContainSingle();
        File.ReadAllText(TerminationLog).Should().StartWith("❌ LAST WORDS: 505.0 MB / 512 MB");
    }

    private WatchHarness Start()
    {
        var watch = new WatchHarness(o => (o.BlackBox.Path, o.TerminationLogPath) = (_folder.File("memory.blackbox"), TerminationLog));
        watch.Tick(100);
        return watch;
    }
}
