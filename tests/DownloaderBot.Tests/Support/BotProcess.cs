using System.Diagnostics;
using System.Globalization;
using System.Text;
using DownloaderBot.Telegram;

namespace DownloaderBot.Tests.Support;

/// <summary>The program as people start it: a process of its own, of which only the console is seen.</summary>
internal sealed class BotProcess : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string[] _program;
    private readonly string[] _settings;
    private Process _process;

    public BotProcess(params string[] settings)
        : this(["DownloaderBot.dll"], settings)
    {
    }

    private BotProcess(string[] program, string[] settings)
    {
        (_program, _settings) = (program, settings);
        _process = Start();
    }

    /// <summary>The program with its chat on Telegram and, unless the build has Telegram's own, the local platform's sessions.</summary>
    public static BotProcess OnTelegram(params string[] settings) =>
        TelegramBuild.Compiled.IsComplete ? new(settings) : WithLocalSessions(settings);

    /// <summary>The program with its chat on Telegram and the local platform's sessions.</summary>
    public static BotProcess WithLocalSessions(params string[] settings) =>
        new(["DownloaderBot.Tests.dll", ChildProgram.BotWithLocalSessions], settings);

    /// <summary>The files that pass through just now.</summary>
    public string[] AssetFiles => Directory.GetFiles(Path.Combine(_folder.Path, "Assets"));

    /// <summary>Where its settings and its data are.</summary>
    public string Folder => _folder.Path;

    /// <summary>Kills it, so that it has no time for anything, and starts it again in its folder. One that has ended is only started again.</summary>
    public void KillAndStartAgain()
    {
        End();
        _process = Start();
    }

    /// <summary>Asks it to stop, as a container's host does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>What the console shows until the end.</summary>
    public Task<string> RestOfOutputAsync() => _process.StandardOutput.ReadToEndAsync(TestTime.Limit);

    /// <summary>Waits for the end, of a program that should not have started.</summary>
    public async Task<(int ExitCode, string Error)> ExitAsync()
    {
        var error = await _process.StandardError.ReadToEndAsync(TestTime.Limit);
        await _process.WaitForExitAsync(TestTime.Limit);
        return (_process.ExitCode, error.Trim());
    }

    /// <summary>What the console shows up to a line with these words.</summary>
    public async Task<string> OutputToAsync(string words)
    {
        var (output, limit) = (new StringBuilder(), TestTime.Limit);
        while (await _process.StandardOutput.ReadLineAsync(limit) is { } line)
        {
            output.Append(line).Append('\n');
            if (line.Contains(words, StringComparison.Ordinal))
            {
                break;
            }
        }

        return output.ToString();
    }

    public void Dispose()
    {
        End();
        _folder.Dispose();
    }

    private Process Start()
    {
        var path = Path.Combine(AppContext.BaseDirectory, _program[0]);
        var start = new ProcessStartInfo("dotnet", [path, .. _program[1..], "--contentRoot", _folder.Path, .. _settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        HostVariables.RemoveFrom(start);
        return Process.Start(start)!;
    }

    private void End()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
