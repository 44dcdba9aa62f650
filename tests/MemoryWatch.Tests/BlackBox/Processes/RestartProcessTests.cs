using System.Globalization;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>Real programs with a host that are restarted on purpose, and what their next start says.</summary>
[Collection(Proofs.Name)]
public sealed class RestartProcessTests : IDisposable
{
    private const int ExitCode = 75;
    private const int Killed = 137;

    private readonly TempFolder _folder = new();

    private string Box => _folder.File("memory.blackbox");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_are_made_and_lose_nothing_that_was_accepted_and_the_fourth_is_refused()
    {
        (await RunUntilAsync(RestartChild.Work, "Relief did not help, but the program is not restarted: nothing here outlives")).Lines
            .Should().Contain(line => line.StartsWith("Restart not armed: nothing here outlives a restart"));
        for (var i = 1; i <= 3; i++)
        {
            var run = await RunAsync(RestartChild.Work);

            run.ExitCode.Should().Be(ExitCode, string.Join('\n', run.Lines));
            run.Accepted.Should().NotBeEmpty().And.BeEquivalentTo(run.Done);
            run.Lines.Should().Contain(line => line.Contains($"Number {i} of 3 in 24 hours"));
            if (i > 1)
            {
                run.Lines.Should().Contain(line => line.StartsWith("🔄 PREVIOUS RUN: restarted on purpose, nothing in flight was lost"));
            }
        }

        (await RunUntilAsync(RestartChild.Work, "is not restarted: it was restarted 3 times in the last 24 hours; 3 are allowed")).Lines
            .Should().Contain(line => line.StartsWith("🔄 PREVIOUS RUN: restarted on purpose, nothing in flight was lost"));
    }

    [Fact]
    public async Task In_the_first_ten_minutes_there_is_none()
    {
        await RunUntilAsync(RestartChild.Idle, "ready");

        await RunUntilAsync(RestartChild.ByDefault, "is not restarted: the program has been running for ");
    }

    [Fact]
    public async Task A_kill_while_it_waits_loses_what_is_in_flight_and_the_next_start_says_so()
    {
        await RunUntilAsync(RestartChild.Idle, "ready");

        var run = await RunUntilAsync(RestartChild.Waiting, "🔄 RESTART ON PURPOSE: memory is");

        run.ExitCode.Should().Be(Killed);
        var next = await RunUntilAsync(RestartChild.Idle, "ready");
        var report = next.Lines.Single(line => line.Contains("PREVIOUS RUN", StringComparison.Ordinal));
        report.Should().NotContain("restarted on purpose");
        next.Lines.Should().Contain(line => line.Contains("it was waiting for what was in flight")).And.Contain(line => line.Contains("In flight: Download | User 5"));
    }

    [Fact]
    public async Task What_does_not_end_in_time_is_named_by_the_log_and_by_the_next_start()
    {
        await RunUntilAsync(RestartChild.Idle, "ready");

        var run = await RunAsync(RestartChild.Stuck);

        run.ExitCode.Should().Be(ExitCode);
        run.Lines.Should().Contain(line => line.Contains("1 operation in flight may be lost: Download (User 5) for "));
        var next = await RunUntilAsync(RestartChild.Idle, "ready");
        next.Lines.Should().Contain(line => line.StartsWith("🔄 PREVIOUS RUN: restarted on purpose, 1 operation in flight was lost"))
            .And.Contain(line => line.Contains("In flight: Download | User 5"));
    }

    [Fact]
    public async Task A_host_that_does_not_stop_is_ended()
    {
        await RunUntilAsync(RestartChild.Idle, "ready");

        var run = await RunAsync(RestartChild.HangingHost);

        run.ExitCode.Should().Be(ExitCode);
        run.Lines.Should().Contain("The program did not stop in time; its process is ended");
        var next = await RunUntilAsync(RestartChild.Idle, "ready");
        next.Lines.Should().Contain(line => line.StartsWith("🔄 PREVIOUS RUN: restarted on purpose, nothing in flight was lost"));
    }

    private async Task<Run> RunAsync(string how)
    {
        using var child = ChildProgram.Start(RestartChild.Name, Box, how);
        var error = child.StandardError.ReadToEndAsync();
        var printed = await child.StandardOutput.ReadToEndAsync().WaitAsync(Deadline.Backstop * 2);
        await child.WaitForExitAsync().WaitAsync(Deadline.Backstop);
        (await error).Should().BeEmpty();
        return new(child.ExitCode, printed.ReplaceLineEndings("\n").Split('\n'));
    }

    /// <summary>Runs it until it prints a line, and kills it then.</summary>
    private async Task<Run> RunUntilAsync(string how, string line)
    {
        using var child = ChildProgram.Start(RestartChild.Name, Box, how);
        var lines = new List<string>();
        while (await child.StandardOutput.ReadLineAsync().WaitAsync(Deadline.Backstop) is { } next)
        {
            lines.Add(next);
            if (next.Contains(line, StringComparison.Ordinal))
            {
                child.Kill();
                lines.AddRange((await child.StandardOutput.ReadToEndAsync().WaitAsync(Deadline.Backstop)).ReplaceLineEndings("\n").Split('\n'));
                await child.WaitForExitAsync().WaitAsync(Deadline.Backstop);
                return new(child.ExitCode, lines);
            }
        }

        throw new InvalidOperationException($"It ended before it printed '{line}':\n{string.Join('\n', lines)}");
    }

    private sealed record Run(int ExitCode, IReadOnlyList<string> Lines)
    {
        public IEnumerable<int> Accepted => Numbers("accepted ");

        public IEnumerable<int> Done => Numbers("done ");

        private IEnumerable<int> Numbers(string what) =>
            Lines.Where(line => line.StartsWith(what, StringComparison.Ordinal)).Select(line => int.Parse(line[what.Length..], CultureInfo.InvariantCulture));
    }
}
