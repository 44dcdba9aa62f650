using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using MemoryWatch.Survival.Overloads;
using MemoryWatch.Survival.Server;

namespace MemoryWatch.Survival.Client;

/// <summary>A server process in a memory cgroup, as the host of a container sees it: its lines, its end, and why it ended.</summary>
internal sealed class ServerHost : IDisposable
{
    private const string OutOfMemory = "OutOfMemoryException";
    private const string OutOfMemoryAbort = "Out of memory.";

    private readonly MemoryGroup _group;
    private readonly long _killsBefore;
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _output;
    private readonly Task _log;
    private bool _threw;

    private ServerHost(MemoryGroup group, Process process, string socket, Tally tally, StreamWriter log, Action<ServerHost, string>? onLog)
    {
        (_group, _process, Socket, _killsBefore) = (group, process, socket, group.CountKills());
        _output = ReadOutputAsync(tally);
        _log = ReadLogAsync(log, onLog);
    }

    public string Socket { get; }

    /// <summary>Starts the server, with its socket and its black box in a folder.</summary>
    public static ServerHost Start(
        MemoryGroup group, Overload overload, RunMode mode, double pace, string folder, Tally tally, StreamWriter log, Action<ServerHost, string>? onLog = null)
    {
        // A separate socket for each start, because a killed process does not remove it.
        var socket = Path.Combine(folder, $"{Guid.NewGuid():N}.socket");
        string[] command =
        [
            "dotnet", "exec", Assembly.GetExecutingAssembly().Location, ServerProcess.Command,
            overload.Number.ToString(CultureInfo.InvariantCulture), pace.ToString(CultureInfo.InvariantCulture), socket,
            Path.Combine(folder, "memory.blackbox"),
        ];
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"echo $$ > {group.Folder}/cgroup.procs; exec {string.Join(' ', command)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["MemoryWatch__Enabled"] = mode == RunMode.With ? "true" : "false",

                // By default a program is not restarted in its first 10 minutes: no run here lasts that long.
                ["MemoryWatch__Restart__MinimumUptime"] = "00:00:00",
            },
        };
        if (overload == AllOverloads.Restarts)
        {
            // Early, so that a busy machine, on which each relief step takes its time, does not decide whether the drain begins before the end.
            start.Environment["MemoryWatch__Restart__From"] = "Elevated";
            start.Environment["MemoryWatch__Restart__MostPerDay"] = "50";
        }

        return new(group, Process.Start(start)!, socket, tally, log, onLog);
    }

    /// <summary>Completes when the server listens, or has ended before.</summary>
    public Task ReadyAsync() => Task.WhenAny(_ready.Task, _process.WaitForExitAsync());

    /// <summary>Waits for the end of the process; everything that it wrote has been read by then.</summary>
    public async Task<Ending> EndAsync()
    {
        await _process.WaitForExitAsync();
        await Task.WhenAll(_output, _log);
        var cause = _group.CountKills() > _killsBefore ? EndCause.KernelKill : _threw ? EndCause.OutOfMemoryException : EndCause.Exit;
        return new(cause, _process.ExitCode);
    }

    /// <summary>Ends it with SIGKILL, at once.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to stop, as a host does when it deploys.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task ReadOutputAsync(Tally tally)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == ServerProcess.Ready)
            {
                _ready.SetResult();
            }
            else if (line.StartsWith(ServerProcess.Done, StringComparison.Ordinal))
            {
                tally.Finish(int.Parse(line.AsSpan(ServerProcess.Done.Length), CultureInfo.InvariantCulture));
            }
        }
    }

    private async Task ReadLogAsync(StreamWriter log, Action<ServerHost, string>? onLog)
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _threw |= line.Contains(OutOfMemory, StringComparison.Ordinal) || line.StartsWith(OutOfMemoryAbort, StringComparison.Ordinal);
            await log.WriteLineAsync(line);
            onLog?.Invoke(this, line);
        }

        await log.FlushAsync();
    }
}

/// <summary>How a run goes.</summary>
internal enum RunMode
{
    /// <summary>With so much memory that it is never missing, and the watch off.</summary>
    Unlimited,

    /// <summary>In 512 MB, with the watch off.</summary>
    Without,

    /// <summary>In 512 MB, with the watch on.</summary>
    With,
}

/// <summary>What ended a process.</summary>
internal enum EndCause
{
    Exit,
    KernelKill,
    OutOfMemoryException,
}

/// <summary>The end of a process.</summary>
internal readonly record struct Ending(EndCause Cause, int ExitCode);
