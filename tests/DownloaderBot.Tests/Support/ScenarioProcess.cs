using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DownloaderBot.Tests.Support;

/// <summary>A scenario as people start it: a process of its own, whose JSON is what the test reads.</summary>
internal static class ScenarioProcess
{
    /// <summary>Above all the time that a scenario gets here.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>The summary, and what the console showed.</returns>
    public static async Task<(JsonElement Summary, string Console)> RunAsync(
        string name, string minutes, string[] settings, MemoryGroup? group = null)
    {
        using var folder = new TempFolder();
        var json = Path.Combine(folder.Path, "summary.json");
        string[] command =
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "DownloaderBot.dll"), "--contentRoot", folder.Path,
            "--scenario", name, "--minutes", minutes, "--json", json, .. settings,
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
            process.ExitCode.Should().Be(0, console);
            return (JsonDocument.Parse(await File.ReadAllTextAsync(json, limit.Token)).RootElement, console);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

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
}
