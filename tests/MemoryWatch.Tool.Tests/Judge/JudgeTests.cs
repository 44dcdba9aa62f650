using System.Globalization;
using System.Text;
using System.Text.Json;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Judge;

/// <summary>Verdicts over recorded series, and what is wrong with a series that has none.</summary>
public sealed class JudgeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_leak_is_a_finding_with_its_time_its_slope_and_its_conditions()
    {
        var run = await CommandRun.Of("judge", _folder.File("leak.csv", Traces.Leak), "--limit", "512MB");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("rows over").And.MatchRegex(@"Resident memory: Leaking at its worst, [0-9.]+ (min|h|s) after the first row; Leaking at the end")
            .And.MatchRegex(@"Growth: \+[0-9.]+ MB/h \([0-9.]+ to [0-9.]+\) at its worst").And.Contain("all conditions of a leak are met").And.Contain("confirmed").And.Contain("limit in");
    }

    [Fact]
    public async Task A_level_series_is_nothing_found()
    {
        var run = await CommandRun.Of("judge", _folder.File("level.csv", Traces.Level));

        run.Should().Match<CommandRun>(r => r.ExitCode == 0 && r.Error.Length == 0);
        run.Output.Should().Contain("NotLeaking");
    }

    [Fact]
    public async Task Several_series_are_a_table_and_one_that_is_unreadable_does_not_hide_the_others()
    {
        var run = await CommandRun.Of("judge", _folder.File("leak.csv", Traces.Leak), _folder.File("bad.csv", "a,b\n1,2\n"), _folder.File("level.csv", Traces.Level));

        run.ExitCode.Should().Be(2);
        run.Output.Should().MatchRegex(@"(?s)^trace +memory +worst.*\nleak\.csv +Resident +Leaking .*\nlevel\.csv +Resident +NotLeaking");
        run.Error.Should().Contain("bad.csv' cannot be judged. Line 1: the header is 'a,b'");
    }

    [Fact]
    public async Task Bad_rows_are_counted_and_named()
    {
        var trace = Traces.Level.Replace("\n600,120.0\n", "\n600,junk\n", StringComparison.Ordinal);

        (await CommandRun.Of("judge", _folder.File("bad.csv", trace))).Output.Should().Contain("1 rows skipped, because they are no row of numbers: lines 62");
    }

    [Theory]
    [InlineData("t_seconds,rss_mb\n0,1\n10,1\n5,1\n", "Line 4: t_seconds is '5'")]
    [InlineData("t_seconds,rss_mb\n0,1\n,1\n", "Line 3: t_seconds is ''")]
    [InlineData("t_seconds,rss_mb\n", "it has no rows")]
    [InlineData("", "Line 1: the header is ''")]
    [InlineData("\0\u0001ELF", "It is binary.")]
    public async Task What_is_no_series_is_named_with_its_line(string text, string reason)
    {
        var run = await CommandRun.Of("judge", _folder.File("trace.csv", text));

        run.Should().BeEquivalentTo(new { ExitCode = 2, Output = "" });
        run.Error.Should().StartWith("memorywatch: '").And.Contain("trace.csv' cannot be judged. ").And.Contain(reason);
    }

    [Theory]
    [InlineData("plenty")]
    [InlineData("0")]
    public async Task A_limit_that_is_no_size_is_named(string limit)
    {
        var run = await CommandRun.Of("judge", _folder.File("level.csv", Traces.Level), "--limit", limit);

        run.Should().BeEquivalentTo(new { ExitCode = 2, Error = $"memorywatch: --limit is '{limit}'; it must be a size such as 512MB\n" });
    }

    [Fact]
    public async Task A_series_can_be_piped_in() =>
        (await CommandRun.Of(new CommandRun.Setup { InputText = Traces.Level }, "judge", "-")).ExitCode.Should().Be(0);

    [Fact]
    public async Task The_JSON_has_the_shape_that_is_approved()
    {
        var run = await CommandRun.Of("judge", _folder.File("leak.csv", Traces.Leak), _folder["missing.csv"], "--json");

        run.ExitCode.Should().Be(2);
        Approved.Matches("judge.txt", JsonShape.Of(JsonDocument.Parse(run.Output)));
    }

    [Fact]
    public async Task A_command_that_is_canceled_ends_with_130()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        var run = await CommandRun.Of(new CommandRun.Setup { Cancellation = cancellation.Token }, "judge", _folder.File("leak.csv", Traces.Leak));

        run.Should().BeEquivalentTo(new { ExitCode = 130, Output = "", Error = "" });
    }

    [Fact]
    public async Task Help_shows_examples_and_the_list_of_commands_does_not()
    {
        (await CommandRun.Of("judge", "--help")).Output.Should().Contain("memorywatch judge runs/*.csv --limit 512MB");
        (await CommandRun.Of("--help")).Output.Should().NotContain("runs/*.csv").And.Contain("Exit codes:");
    }

    /// <summary>Series that anybody can compute again.</summary>
    internal static class Traces
    {
        /// <summary>Six hours, a reading every 10 s, 20 MB more each hour, and a saw of collections.</summary>
        public static string Leak { get; } = Series(second => 120 + second / 3600.0 * 20 + second / 10 % 6);

        public static string Level { get; } = Series(second => 120 + second / 10 % 6);

        private static string Series(Func<int, double> megabytes)
        {
            var text = new StringBuilder("t_seconds,rss_mb\n");
            for (var second = 0; second < 6 * 3600; second += 10)
            {
                text.Append(CultureInfo.InvariantCulture, $"{second},{megabytes(second):0.0}\n");
            }

            return text.ToString();
        }
    }
}
