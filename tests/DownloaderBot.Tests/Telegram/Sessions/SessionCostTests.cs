using System.Diagnostics;
using System.Globalization;
using DownloaderBot.Telegram.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using Xunit.Abstractions;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>What the library and its clients cost; the guide shows the figures that this prints.</summary>
public sealed class SessionCostTests(ITestOutputHelper output)
{
    private const int Clients = 21;
    private const long FileBytes = 200 << 20;

    [Fact]
    public async Task A_client_that_is_logged_in_costs_little_and_a_download_no_more_for_a_large_file()
    {
        await using var server = new TelegramStandIn();
        server.Posts.AddChannel(100, SessionCost.Link.Channel);
        server.Posts.AddPost(100, SessionCost.Link.PostId, server.Posts.AddDocument(9, FileBytes));

        var bytes = await MeasureAsync(server);

        var library = bytes["one"] - bytes["before"];
        var client = (bytes["all"] - bytes["one"]) / (Clients - 1);
        var download = bytes["downloading"] - bytes["all"];
        output.WriteLine($"Without sessions: {Text.Megabytes(bytes["before"])} resident");
        output.WriteLine($"The library and its first client: {Text.Megabytes(library)} more");
        output.WriteLine($"Each further client, idle: {Text.Megabytes(client)} more");
        output.WriteLine($"While one downloads {Text.Megabytes(FileBytes)}: {Text.Megabytes(download)} more at most, {(double)bytes["allocated"] / FileBytes:0.0} bytes allocated per byte");
        output.WriteLine($"After all are disconnected: {Text.Megabytes(bytes["after"])} resident");
        output.WriteLine($"After {SessionCost.Reconnections} more were connected and disconnected: {Text.Megabytes(bytes["reconnected"])} resident");
        ((double)bytes["allocated"] / FileBytes).Should()
            .BeApproximately(MediaDownload.AllocatedPerByte, 0.5, "that is what downloads are charged with");
        library.Should().BeLessThan(80 << 20);
        client.Should().BeLessThan(4 << 20);
        download.Should().BeLessThan(FileBytes / 2, "it is streamed");
        (bytes["reconnected"] - bytes["after"]).Should().BeLessThan(40 << 20, "none of them is left");
    }

    private static async Task<Dictionary<string, long>> MeasureAsync(TelegramStandIn server)
    {
        using var folder = new TempFolder();
        var key = Path.Combine(folder.Path, "key.pem");
        await File.WriteAllTextAsync(key, ServerKey.Instance.Pem);
        using var child = Process.Start(new ProcessStartInfo("dotnet",
        [
            "exec", typeof(ChildProgram).Assembly.Location, ChildProgram.MeasureSessions, folder.Path, server.Address, key,
            Clients.ToString(CultureInfo.InvariantCulture),
        ])
        {
            RedirectStandardOutput = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var printed = await child.StandardOutput.ReadToEndAsync(limit.Token);
            await child.WaitForExitAsync(limit.Token);
            child.ExitCode.Should().Be(0);
            return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
                .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture));
        }
        finally
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }
}
