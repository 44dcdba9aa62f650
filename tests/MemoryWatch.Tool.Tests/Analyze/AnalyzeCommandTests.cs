using System.Text;
using System.Text.Json;
using MemoryWatch.Tool.Tests.Analyze.Support;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Analyze;

public sealed class AnalyzeCommandTests : IDisposable
{
    private const string Quiet = "10:00:00 INF Memory watch started | Limit: 512 MB (from the Limit setting)\n10:00:09 INF Memory watch stopped\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("memorywatch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_log_with_a_kill_gives_the_verdict_first_and_exit_code_1()
    {
        var run = await CommandRun.Of("analyze", Write("bot.log", LogForms.Serilog(LogForms.FileTemplate)));

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(ExitCode.Findings);
        var lines = run.Output.Split('\n');
        lines[0].Should().Be("1 spike, 1 run without a clean end, memory once in a critical zone and 1 finding in 3.9 min of 2 runs.");
        run.Output.Should().Contain("  In flight: Download (User 6) for 5.0 s; Upload (User 7) for 4.0 s")
            .And.NotContain("\u001b");
    }

    [Fact]
    public async Task A_log_without_anything_to_look_at_gives_exit_code_0()
    {
        var run = await CommandRun.Of("analyze", Write("bot.log", Quiet));

        run.ExitCode.Should().Be(ExitCode.NothingFound);
        run.Output.Should().StartWith("Nothing found in 9.0 s of 1 run.\n");
    }

    [Fact]
    public async Task With_json_the_output_is_one_object_with_the_same_facts()
    {
        var run = await CommandRun.Of("analyze", "--json", Write("bot.log", LogForms.Serilog(LogForms.FileTemplate)));

        run.ExitCode.Should().Be(ExitCode.Findings);
        var root = JsonDocument.Parse(run.Output).RootElement;
        root.EnumerateObject().Select(property => property.Name).Should().Equal(
            "files", "lines", "libraryLines", "damagedLines", "firstDamaged", "runs", "moreRuns", "spikeCount", "spikes", "uncleanEndCount", "uncleanEnds",
            "findings", "silent", "operations", "otherOperations", "alerts", "freedBytes", "notes", "hasFindings");
        root.GetProperty("spikeCount").GetInt64().Should().Be(1);
        root.GetProperty("spikes")[0].GetProperty("increaseBytes").GetInt64().Should().Be(94 << 20);
        root.GetProperty("runs")[0].GetProperty("ended").GetString().Should().Be("Unclean");
        root.GetProperty("runs")[0].GetProperty("growth").GetProperty("verdict").GetString().Should().Be("WarmingUp");
        root.GetProperty("uncleanEnds")[0].GetProperty("verdict").GetString().Should().StartWith("OOM-killed");
        root.GetProperty("silent").EnumerateArray().Should().Contain(rule => rule.GetProperty("reason").GetString() == "NotInLog");
    }

    [Fact]
    public async Task A_minus_reads_standard_input()
    {
        var run = await CommandRun.Of(new CommandRun.Setup { InputText = Quiet }, "analyze", "-");

        run.ExitCode.Should().Be(ExitCode.NothingFound);
    }

    [Theory]
    [InlineData("", "no line of MemoryWatch in ")]
    [InlineData("GET /memory 200\nMemory is fine\n", "no line of MemoryWatch in ")]
    [InlineData("\0\u0001\u0002", "is a binary file, not a log")]
    [InlineData("MWBLKBOX\0\0", "is a black box, not a log; 'memorywatch inspect ")]
    [InlineData("\u001f\u008b broken", "is damaged: ")]
    public async Task What_is_no_log_of_this_library_is_refused_with_the_reason(string content, string reason)
    {
        var path = Path.Combine(_folder, "file");
        await File.WriteAllBytesAsync(path, Encoding.Latin1.GetBytes(content));

        var run = await CommandRun.Of("analyze", path);

        run.ExitCode.Should().Be(ExitCode.Unreadable);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(reason);
    }

    [Fact]
    public async Task One_file_that_does_not_exist_ends_the_command()
    {
        var run = await CommandRun.Of("analyze", Write("bot.log", Quiet), Path.Combine(_folder, "none.log"));

        run.ExitCode.Should().Be(ExitCode.Unreadable);
        run.Error.Should().Contain("does not exist");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
