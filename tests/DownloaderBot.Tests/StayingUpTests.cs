using System.Diagnostics;
using DownloaderBot.Tests.Support;
using Xunit.Abstractions;

namespace DownloaderBot.Tests;

/// <summary>
/// The one-minute form of the proof in benchmarks/README.md: one server, overloaded by sessions in a real memory group of 512 MB, is killed without
/// relief and survives with it.
/// </summary>
public sealed class StayingUpTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_server_that_is_killed_without_relief_finishes_all_jobs_with_it()
    {
        using (var group = MemoryGroup.TryCreate(512L << 20))
        {
            if (group is null)
            {
                output.WriteLine($"Not checked: no memory group can be made under {MemoryGroup.Root} here.");
                return;
            }
        }

        using var proof = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "MemoryWatch.Survival.dll"), "1", "--minutes", "1", "--rounds", "1", "--lanes", "2", "--modes", "with,without"])
        {
            RedirectStandardOutput = true,
        })!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var table = await proof.StandardOutput.ReadToEndAsync(limit.Token);
            await proof.WaitForExitAsync(limit.Token);
            output.WriteLine(table);

            proof.ExitCode.Should().Be(0, table);
        }
        finally
        {
            proof.Kill(entireProcessTree: true);
        }
    }
}
