using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DownloaderBot.Tests.Support;

/// <summary>A scenario as people start it: a process of its own, whose JSON is what the test reads.</summary>
internal static class ScenarioProcess
{
    /// <summary>Above all the time that a scenario gets here.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>128 and SIGKILL.</summary>
    private const int Killed = 137;

    /// <returns>The summary, and what the console showed.</returns>
    public static async Task<(JsonElement Summary, string Console)> RunAsync(
        string name, string minutes, string[] settings, MemoryGroup? group = null, params string[] variables)
    {
        using var folder = new TempFolder();
        var json = Path.Combine(folder.Path, "summary.json");
        var (code, console) = await EndAsync(folder, name, ["--minutes", minutes, "--json", json, .. settings], group, variables);
        code.Should().Be(0, console);
        return (JsonDocument.Parse(await File.ReadAllTextAsync(json, TestTime.Limit)).RootElement, console);
    }

    /// <returns>What the console showed until the kernel killed the program.</returns>
    public static async Task<string> RunUntilKilledAsync(
        string name, string minutes, string[] settings, MemoryGroup group, params string[] variables)
    {
        using var folder = new TempFolder();
        var (code, console) = await EndAsync(folder, name, ["--minutes", minutes, .. settings], group, variables);
        code.Should().Be(Killed, console);
        return console;
    }

    /// <summary>The first finding at the worst moment, as <c>TooManyItems (Sessions)</c>.</summary>
    public static string FirstFinding(this JsonElement summary) => summary.GetProperty("first_finding") is { ValueKind: JsonValueKind.Object } first
        ? $"{first.GetProperty("rule").GetString()} ({first.GetProperty("subject").GetString()})"
        : "none";

    public static void ShouldFindNothing(this JsonElement summary) =>
        summary.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("text").GetString()).Should().BeEmpty();

    public static void ShouldNotLeak(this JsonElement summary) => summary.GetProperty("leaks").EnumerateObject()
        .Select(l => l.Value.GetProperty("verdict").GetString()).Should().HaveCount(2).And.NotContain(["Suspected", "Leaking"]);

    public static long Number(this JsonElement summary, params string[] path)
    {
        foreach (var name in path)
        {
            if (!summary.TryGetProperty(name, out summary))
            {
                return 0;
            }
        }

        return summary.GetInt64();
    }

    public static double Megabytes(this JsonElement summary, string name) => summary.GetProperty(name).GetInt64() / 1048576.0;

    public static string[] Zones(this JsonElement summary) =>
        [.. summary.GetProperty("zones").EnumerateArray().Select(z => z.GetString()!)];

    public static void ShouldLeaveNothing(this JsonElement summary) =>
        summary.GetProperty("leftovers").EnumerateObject().Should().HaveCount(5).And.OnlyContain(l => l.Value.GetInt64() == 0);

    private static async Task<(int Code, string Console)> EndAsync(
        TempFolder folder, string name, string[] arguments, MemoryGroup? group, string[] variables)
    {
        string[] command =
        [
            "env", .. variables, "dotnet", Path.Combine(AppContext.BaseDirectory, "DownloaderBot.dll"), "--contentRoot", folder.Path,
            "--scenario", name, .. arguments,
        ];

        // Into the group first, so that all of its memory is charged there.
        var enter = group is null ? string.Empty : $"echo $$ > {group.Folder}/cgroup.procs; ";
        var start = new ProcessStartInfo("/bin/sh", ["-c", enter + "exec \"$@\"", "sh", .. command])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        HostVariables.RemoveFrom(start);

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var console = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, console);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }
}
