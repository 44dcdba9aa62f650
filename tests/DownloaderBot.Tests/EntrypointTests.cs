using System.Diagnostics;
using DownloaderBot.Tests.Support;
using Xunit.Abstractions;

namespace DownloaderBot.Tests;

/// <summary>The start in a container, with a folder of root's in place of a disk. Only root can check it.</summary>
public sealed class EntrypointTests(ITestOutputHelper output) : IDisposable
{
    private const string User = "1654";

    private const string Command = "echo user $(id -u):$(id -g) groups $(id -G); grep NoNewPrivs /proc/self/status; echo x >> data/bot.db && echo written";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_disk_of_roots_is_handed_over_and_roots_rights_are_dropped()
    {
        if (!await PrepareAsync())
        {
            return;
        }

        var (said, complaint) = await RunAsync([]);

        said.Should().Be($"user {User}:{User} groups {User}\nNoNewPrivs:\t1\nwritten\n");
        complaint.Should().BeEmpty();
    }

    [Fact]
    public async Task Where_that_is_refused_the_bot_stays_root_and_says_so()
    {
        if (!await PrepareAsync())
        {
            return;
        }

        var (said, complaint) = await RunAsync(["setpriv", "--bounding-set=-setuid,-setgid,-chown"]);

        said.Should().StartWith("user 0:0").And.EndWith("written\n");
        complaint.Should().Be(
            $"The bot runs as root: the container may not drop root's rights, or user {User} cannot write to {_folder.Path}/data.\n");
    }

    [Fact]
    public async Task A_container_that_starts_as_another_user_is_left_as_it_is()
    {
        if (!await PrepareAsync())
        {
            return;
        }

        var (said, complaint) = await RunAsync(["setpriv", "--reuid=4711", "--regid=4711", "--clear-groups"]);

        said.Should().Be("user 4711:4711 groups 4711\nNoNewPrivs:\t0\n");
        complaint.Should().Contain("bot.db").And.NotContain("runs as root");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Makes the folder, with a file that an earlier start left; <see langword="false"/> where this machine cannot check it.</summary>
    private async Task<bool> PrepareAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv"))
        {
            output.WriteLine("Not checked: needs root and setpriv.");
            return false;
        }

        Directory.CreateDirectory(Path.Combine(_folder.Path, "data"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "data", "bot.db"), "x");
        File.SetUnixFileMode(
            _folder.Path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return true;
    }

    private async Task<(string Output, string Error)> RunAsync(string[] before)
    {
        string[] all = [.. before, "sh", Path.Combine(AppContext.BaseDirectory, "entrypoint.sh"), "sh", "-c", Command];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["APP_UID"] = User;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestTime.Limit);
        var text = await process.StandardOutput.ReadToEndAsync(TestTime.Limit);
        await process.WaitForExitAsync(TestTime.Limit);
        return (text, await error);
    }
}
