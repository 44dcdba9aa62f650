using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MemoryWatch.Files;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tool.Live;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Live;

/// <summary>Real processes, watched by the command in real time.</summary>
public sealed class WatchCommandTests
{
    private const long MB = 1024 * 1024;

    private static CommandRun.Setup Real => new() { Time = TimeProvider.System };

    [Fact]
    public async Task A_process_that_ends_by_itself_is_not_called_killed()
    {
        using var child = Start("/bin/sh", "-c", "read x");

        var run = await Watched(child);

        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().Contain("Ended: ").And.NotContain("OOM-killed by").And.Contain("readings in");
    }

    [Fact]
    public async Task The_numbers_are_those_that_the_kernel_writes()
    {
        using var child = Start("/bin/sh", "-c", "read x");

        var run = await CommandRun.Of(Real, "watch", Id(child), "--interval", "0.1", "--duration", "0.2s", "--json");

        run.ExitCode.Should().Be(0, run.Error);
        var lines = run.Output.TrimEnd().Split('\n');
        var row = JsonDocument.Parse(lines[0]).RootElement;
        var status = await File.ReadAllLinesAsync($"/proc/{child.Id}/status");
        row.GetProperty("anonymousBytes").GetInt64().Should().Be(Kilobytes(status, "RssAnon:") * 1024);
        row.GetProperty("threads").GetInt64().Should().Be(1);
        row.GetProperty("openFiles").GetInt64().Should().Be(Directory.GetFiles($"/proc/{child.Id}/fd").Length);
        JsonDocument.Parse(lines[^1]).RootElement.GetProperty("end").ValueKind.Should().Be(JsonValueKind.Null);
        End(child);
    }

    [Fact]
    public void The_mappings_of_a_dotnet_process_have_its_runtime()
    {
        using var child = Start(Environment.ProcessPath!, "exec", typeof(LiveWatch).Assembly.Location, "watch", Id(Process.GetCurrentProcess()), "--interval", "1min");
        using var watch = LiveWatch.Of(child.Id, null, DiskFiles.Instance, TimeProvider.System);
        var mappings = new MappingReader(TargetSource.Of(child.Id, DiskFiles.Instance));

        SpinWait.SpinUntil(
            () => mappings.ReadSizes()?.Keys.Any(name => name.EndsWith("libcoreclr.so", StringComparison.Ordinal)) == true, TimeSpan.FromSeconds(60))
            .Should().BeTrue();
        watch.Tick()!.Threads.Should().BeGreaterThan(1);
        mappings.ReadProportional().Should().BeGreaterThan(MB);
        End(child);
    }

    [Fact]
    public async Task A_process_that_the_kernel_kills_for_memory_is_reported_as_that_with_exit_code_1()
    {
        using var group = RealCgroup.TryCreate(32 * MB);
        if (group is null)
        {
            Console.WriteLine("Not checked: this machine does not let the test make a memory cgroup.");
            return;
        }

        // It waits until the watch has read it, and then takes more than there is.
        var child = group.Start("echo in; read x; exec tail /dev/zero");
        (await child.StandardOutput.ReadLineAsync()).Should().Be("in");

        var run = await Watched(child);

        run.Output.Should().Contain("OOM-killed by the kernel");
        run.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task The_own_cgroup_of_another_process_governs_and_not_that_of_the_command()
    {
        using var group = RealCgroup.TryCreate(64 * MB);
        if (group is null)
        {
            Console.WriteLine("Not checked: this machine does not let the test make a memory cgroup.");
            return;
        }

        var child = group.Start("echo in; read x");
        (await child.StandardOutput.ReadLineAsync()).Should().Be("in");

        var run = await CommandRun.Of(Real, "watch", Id(child), "--interval", "0.1", "--duration", "0.1s");

        run.Output.Should().Contain($"64 MB (container): the only limit, {group.Folder}").And.Contain("of 64 MB used");
    }

    [Theory]
    [InlineData("PID is 'x'; it must be the number of a process", "x")]
    [InlineData("PID is '0'; it must be the number of a process", "0")]
    [InlineData("it must be a process that runs and can be seen here", "2147483647")]
    [InlineData("--interval is '0'; it must be a time such as 1s or 500ms, from 0.1 s to 1 min", "1", "--interval", "0")]
    [InlineData("--interval is '2min'", "1", "--interval", "2min")]
    [InlineData("--duration is '0'", "1", "--duration", "0")]
    [InlineData("--limit is '1KB'; it must be an amount of at least 1 MB, such as 512MB", "1", "--limit", "1KB")]
    public async Task Wrong_values_are_refused_with_what_is_allowed(string error, params string[] args)
    {
        var run = await CommandRun.Of(Real, ["watch", .. args]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain(error);
    }

    /// <summary>Watches a child, and lets it go on when it has been read twice.</summary>
    private static async Task<CommandRun> Watched(Process child)
    {
        var folder = Directory.CreateTempSubdirectory("memorywatch-");
        try
        {
            var trace = Path.Combine(folder.FullName, "trace.csv");
            var watched = CommandRun.Of(Real, "watch", Id(child), "--interval", "0.1", "--csv", trace);
            SpinWait.SpinUntil(() => watched.IsCompleted || (File.Exists(trace) && File.ReadAllText(trace).Count(c => c == '\n') > 2), TimeSpan.FromSeconds(60));
            await child.StandardInput.WriteLineAsync();
            return await watched;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Id(Process process) => process.Id.ToString(CultureInfo.InvariantCulture);

    private static long Kilobytes(string[] status, string key) =>
        long.Parse(status.First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..^2], CultureInfo.InvariantCulture);

    private static Process Start(string program, params string[] args) =>
        Process.Start(new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static void End(Process child)
    {
        child.Kill();
        child.WaitForExit();
    }
}
