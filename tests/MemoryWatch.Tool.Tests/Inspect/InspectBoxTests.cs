using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Tool.Inspect;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Inspect;

/// <summary>What <c>inspect</c> says of black boxes, and that it never says more than they tell.</summary>
public sealed class InspectBoxTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_box_of_a_killed_run_says_how_it_ended_what_was_in_flight_and_what_it_recorded()
    {
        var run = await Inspect(TestBox.OfAKilledDownloader());

        run.ExitCode.Should().Be(1);
        run.Error.Should().BeEmpty();
        run.Output.Should().ContainAll(
            "OOM-killed by the kernel (likely): it was near its limit", "In flight: Download | User 5 | for 69.0 s", "Finding: [03:14:04] Stuck operation: Download (User 5)",
            "Alert: [03:14:04] 🔴 MEMORY CRITICAL", "Session Created", "Sessions: 3");
    }

    [Fact]
    public async Task The_chart_has_the_limit_the_zones_and_the_time_and_fits_in_80_columns()
    {
        var run = await Inspect(TestBox.OfAKilledDownloader());

        var chart = run.Output[run.Output.IndexOf("Used memory of the container, the last 89 s (limit: 512 MB)", StringComparison.Ordinal)..].Split('\n').Take(14).ToArray();
        chart.Should().OnlyContain(line => line.Length <= 80);
        chart[1].Should().StartWith("    512 MB │┄┄┄");
        chart[9].Should().StartWith("      0 MB │█");
        chart[11].Should().Contain("03:12:45").And.Contain("03:13:29").And.EndWith("03:14:14");
        chart[12].Should().MatchRegex(@"^      zone  \.+E+C+I+$");
        chart[13].Trim().Should().Be(". healthy   E elevated   C critical   I limit imminent");
    }

    [Fact]
    public async Task Without_the_next_start_and_away_from_its_host_it_says_why_the_kernel_cannot_be_asked()
    {
        var run = await Inspect(TestBox.OfAKilledDownloader());

        run.Output.Should().Contain("Not known: whether the kernel killed it. Its OOM-kill counts are only on the machine where it ran, until that is restarted").And.NotContain("confirmed");
    }

    [Fact]
    public async Task The_file_of_the_next_start_beside_it_decides_as_that_start_did()
    {
        var next = TestBox.Identity with { RunId = Guid.NewGuid(), Started = TestBox.Start.AddSeconds(95), BootClock = TestBox.Identity.BootClock + TimeSpan.FromSeconds(95), GroupKills = 1 };
        new TestBox(next).SaveTo(_folder.Path);
        TestBox.OfAKilledDownloader().SaveTo(_folder.Path, "memory.previous-1.blackbox");

        var run = await CommandRun.Of("inspect", _folder["memory.previous-1.blackbox"]);

        run.Output.Should().ContainAll("OOM-killed by the kernel (confirmed)", "OOM-kill count rose from 0 to 1", "judged with what the next start saw");
    }

    [Fact]
    public async Task A_start_before_its_end_and_the_box_of_another_program_decide_nothing()
    {
        var killed = TestBox.Identity with { RunId = Guid.NewGuid(), GroupKills = 1 };
        new TestBox(killed with { Started = TestBox.Start.AddSeconds(30) }).SaveTo(_folder.Path);
        new TestBox(killed with { Started = TestBox.Start.AddSeconds(95) }).SaveTo(_folder.Path, "other.blackbox");
        TestBox.OfAKilledDownloader().SaveTo(_folder.Path, "memory.previous-1.blackbox");

        (await CommandRun.Of("inspect", _folder["memory.previous-1.blackbox"])).Output.Should().NotContain("confirmed").And.NotContain("next start saw");
    }

    [Theory]
    [InlineData(5, "OOM-kill counts have risen since its last record")]
    [InlineData(0, null)]
    public void On_its_own_machine_counts_that_rose_later_prove_nothing_and_counts_that_did_not_rule_a_kill_out(int killsSince, string? reason)
    {
        var recording = Recording(TestBox.OfAKilledDownloader());
        var machine = TestBox.Identity with { RunId = Guid.NewGuid(), GroupKills = killsSince, MachineKills = 10 + killsSince, Started = TestBox.Start.AddDays(1) };

        var view = KernelView.Of(recording, null, machine);

        view.Basis.Should().Be(reason is null ? VerdictBasis.ThisMachine : VerdictBasis.CountsRoseSince);
        view.Identity.GroupKills.Should().Be(reason is null ? 0 : null);
    }

    [Theory]
    [InlineData(95, RunVerdict.Killed)]
    [InlineData(3600, RunVerdict.LikelyKilled)]
    public void Where_counts_rose_later_the_kernels_log_still_names_a_run_but_not_a_later_process_with_its_id(int killedAfter, RunVerdict verdict)
    {
        var identity = TestBox.Identity with { IsLoggedProcessId = true };
        var recording = Recording(TestBox.OfAKilledDownloader(identity));
        var machine = identity with { RunId = Guid.NewGuid(), GroupKills = 3, MachineKills = 13, Started = TestBox.Start.AddDays(1) };
        var log = new KernelLog(TimeSpan.Zero, [new(identity.BootClock!.Value + TimeSpan.FromSeconds(killedAfter), identity.ProcessId, "dotnet")]);

        var judged = BoxFile.Judge(recording, KernelView.Of(recording, null, machine), machine, TimeZoneInfo.Utc, () => log);

        judged.Basis.Should().Be(verdict == RunVerdict.Killed ? VerdictBasis.ThisMachine : VerdictBasis.CountsRoseSince);
        judged.Run.Verdict.Should().Be(verdict);
    }

    [Fact]
    public async Task A_run_that_is_alive_is_never_called_killed()
    {
        using var reader = MemoryReader.Create(TimeProvider.System);
        var alive = KernelView.ThisMachine(reader, TimeProvider.System) with { Started = TestBox.Start };

        var run = await Inspect(TestBox.OfAKilledDownloader(alive));

        run.ExitCode.Should().Be(1, "it recorded a finding");
        run.Output.Should().Contain($"▶ STILL RUNNING: process {Environment.ProcessId}").And.NotContain("killed").And.NotContain("Why:").And.NotContain("Not known");
    }

    [Fact]
    public async Task A_process_that_has_the_id_of_the_run_but_another_start_is_another_process()
    {
        using var reader = MemoryReader.Create(TimeProvider.System);
        var other = KernelView.ThisMachine(reader, TimeProvider.System) with { Started = TestBox.Start, ProcessStarted = TestBox.Start };

        (await Inspect(TestBox.OfAKilledDownloader(other))).Output.Should().NotContain("STILL RUNNING");
    }

    [Fact]
    public async Task A_run_that_stopped_is_nothing_found_even_while_its_process_goes_on()
    {
        using var reader = MemoryReader.Create(TimeProvider.System);
        var identity = KernelView.ThisMachine(reader, TimeProvider.System) with { Started = TestBox.Start };

        var run = await Inspect(new TestBox(identity).Sample(120, MemoryZone.Healthy).End(RecordKind.Stopped));

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("✅ stopped").And.Contain("Used memory").And.NotContain("exception");
    }

    [Theory]
    [InlineData("System.InvalidOperationException: no", 0)]
    [InlineData("OutOfMemoryException: too much", 1)]
    public async Task A_crash_is_a_finding_if_memory_ran_out(string error, int code)
    {
        var run = await Inspect(new TestBox().Sample(120, MemoryZone.Healthy).End(RecordKind.Crashed, error: error));

        run.ExitCode.Should().Be(code);
        run.Output.Should().Contain($"💥 crashed: {error}");
    }

    [Fact]
    public async Task A_box_of_which_only_the_header_was_written_has_no_chart_and_says_so()
    {
        (await Inspect(new TestBox())).Output.Should().Contain("The file has no readings, so there is no chart.");
    }

    [Fact]
    public async Task A_box_can_be_piped_in()
    {
        var run = await CommandRun.Of(new CommandRun.Setup { Input = TestBox.OfAKilledDownloader().Bytes }, "inspect", "-");

        run.Output.Should().Contain("Black box standard input").And.Contain("(likely)");
    }

    [Fact]
    public async Task The_file_is_neither_changed_nor_locked()
    {
        var path = TestBox.OfAKilledDownloader().SaveTo(_folder.Path);
        var (before, written) = (File.ReadAllBytes(path), File.GetLastWriteTimeUtc(path));
        await using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

        (await CommandRun.Of("inspect", path)).ExitCode.Should().Be(1);

        File.GetLastWriteTimeUtc(path).Should().Be(written);
        writer.Dispose();
        File.ReadAllBytes(path).Should().Equal(before);
    }

    [Theory]
    [InlineData(200_000, "is cut off: it has 200000 of 524288 bytes")]
    [InlineData(1000, "is cut off: it has 1000 bytes, and the first page of a black box has 4096")]
    public async Task A_box_that_was_cut_off_is_read_as_far_as_it_goes(int length, string problem)
    {
        var path = _folder.File("cut.blackbox", TestBox.OfAKilledDownloader().Bytes[..length]);

        var run = await CommandRun.Of("inspect", path);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(problem);
        run.Output.Contains("Used memory of the container", StringComparison.Ordinal).Should().Be(length > 4096);
    }

    [Fact]
    public async Task A_box_of_a_later_version_and_a_damaged_header_are_named()
    {
        var later = TestBox.OfAKilledDownloader();
        BinaryPrimitives.WriteUInt16LittleEndian(later.Bytes.AsSpan(BoxHeader.VersionOffset), 7);
        var damaged = TestBox.OfAKilledDownloader();
        damaged.Bytes[BoxHeader.ProcessIdOffset] ^= 1;

        (await Inspect(later)).Should().Match<CommandRun>(run => run.ExitCode == 2 && run.Output == "" && run.Error.Contains("it is of version 7, and this one reads version 1"));
        (await Inspect(damaged)).Error.Should().Contain("its header is damaged");
    }

    [Fact]
    public async Task What_is_no_file_is_named()
    {
        Directory.CreateDirectory(_folder["folder"]);
        _folder.File("empty", []);
        _folder.File("junk", [1, 2, 0, 3]);
        _folder.File("text", "Nothing of interest\n");
        using (var mkfifo = Process.Start("mkfifo", _folder["fifo"]))
        {
            await mkfifo.WaitForExitAsync();
        }

        foreach (var (name, reason) in new[]
        {
            ("missing", "does not exist"), ("folder", "is a folder"), ("fifo", "is a FIFO"), ("empty", "is empty"), ("junk", "is binary, and no black box"),
            ("text", "is no black box, and has no compact line"),
        })
        {
            var run = await CommandRun.Of("inspect", _folder[name]);

            run.Should().BeEquivalentTo(new { ExitCode = 2, Output = "" });
            run.Error.Should().StartWith($"memorywatch: '{_folder[name]}' {reason}").And.EndWith("\n");
        }
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_pasted_lines_is_not_read()
    {
        using (var file = File.Create(_folder["large"]))
        {
            file.Write("text"u8);
            file.SetLength(100 << 20);
        }

        (await CommandRun.Of("inspect", _folder["large"])).Error.Should().Contain("too large for pasted lines: 100 MB. 'memorywatch analyze' reads whole logs");
    }

    [Fact]
    public async Task The_JSON_has_the_shape_that_is_approved()
    {
        var run = await CommandRun.Of("inspect", TestBox.OfAKilledDownloader().SaveTo(_folder.Path), "--json");

        run.ExitCode.Should().Be(1);
        Approved.Matches("inspect-box.txt", JsonShape.Of(JsonDocument.Parse(run.Output)));
    }

    private static BlackBox.Recall.RunRecording Recording(TestBox box)
    {
        using var stream = new MemoryStream(box.Bytes);
        return BlackBox.Recall.RecordingReader.Read(
            (buffer, offset) =>
            {
                stream.Position = offset;
                return stream.Read(buffer);
            },
            stream.Length,
            out _)!;
    }

    private Task<CommandRun> Inspect(TestBox box) => CommandRun.Of("inspect", box.SaveTo(_folder.Path));
}
