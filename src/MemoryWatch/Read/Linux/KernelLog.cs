using System.Buffers.Text;
using System.Text;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>
/// The OOM kills in the kernel's log. It names each process that the kernel killed, by the id that the process has in the machine's first
/// namespace. Times are since the machine's start.
/// </summary>
/// <param name="Oldest">Time of the oldest line: earlier kills are no longer in the log.</param>
/// <param name="Kills">The kills, oldest first.</param>
internal sealed record KernelLog(TimeSpan Oldest, IReadOnlyList<KernelLog.Kill> Kills)
{
    /// <summary>Maximum number of bytes that are read; the newest lines are kept.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>The kernel's fixed inode of the first process id namespace (<c>PROC_PID_INIT_INO</c>).</summary>
    private const string FirstNamespace = "pid:[4026531836]";

    private const int LongestName = 32;

    /// <summary>A process that the kernel killed.</summary>
    /// <param name="Time">Time since the machine's start.</param>
    /// <param name="ProcessId">Its process id.</param>
    /// <param name="Name">Its name; safe to print.</param>
    internal sealed record Kill(TimeSpan Time, int ProcessId, string Name);

    /// <summary>
    /// Whether this process's own id is the one that the kernel's log uses. In most containers it is another one. <c>NSpid</c> of
    /// <c>/proc/self/status</c> does not show that: inside a container it has one number too.
    /// </summary>
    public static bool UsesOwnProcessId(IFiles files)
    {
        try
        {
            return OperatingSystem.IsLinux() && files.LinkTarget("/proc/self/ns/pid") == FirstNamespace;
        }
        catch (Exception)
        {
            // Not permitted: unknown.
            return false;
        }
    }

    /// <summary>
    /// Time since the machine's start by the clock that the kernel's log uses, apart from a drift; <see langword="null"/> outside Linux.
    /// </summary>
    public static TimeSpan? Clock() => OperatingSystem.IsLinux() ? TimeSpan.FromMilliseconds(Environment.TickCount64) : null;

    /// <summary>Reads the log; <see langword="null"/> if this process may not read it, as in most containers.</summary>
    public static KernelLog? Read(IFiles files)
    {
        try
        {
            if (!OperatingSystem.IsLinux() || files.GetLogSize() is not (> 0 and var size))
            {
                return null;
            }

            var buffer = new byte[Math.Min(size, MostBytes)];
            var length = files.ReadLog(buffer);
            return length > 0 ? Parse(buffer.AsSpan(0, Math.Min(length, buffer.Length))) : null;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException or OutOfMemoryException)
        {
            // The C library has no such call, or there is no memory for the text. The log only adds to other evidence.
            return null;
        }
    }

    /// <summary>
    /// Parses text such as <c>&lt;3&gt;[10260.133814] Memory cgroup out of memory: Killed process 2381 (tail) total-vm:…</c>. Only lines of the
    /// kernel itself count: a program that writes to the log cannot have them.
    /// </summary>
    /// <returns><see langword="null"/> if no line has a time, as on a machine that is set to write none.</returns>
    public static KernelLog? Parse(ReadOnlySpan<byte> text)
    {
        TimeSpan? oldest = null;
        var kills = new List<Kill>();
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (!TryTakePrefix(ref line, out var isKernel, out var time))
            {
                continue;
            }

            oldest ??= time;
            if (isKernel && ParseKill(line, time) is { } kill)
            {
                kills.Add(kill);
            }
        }

        return oldest is { } first ? new(first, kills) : null;
    }

    /// <summary>Takes <c>&lt;3&gt;[10260.133814] </c>, and the <c>[  T123] </c> that some kernels add. Levels 0 to 7 are the kernel's own.</summary>
    private static bool TryTakePrefix(ref ReadOnlySpan<byte> line, out bool isKernel, out TimeSpan time)
    {
        (isKernel, time) = (false, default);
        if (line.Length < 4 || line[0] != '<' || !Utf8Parser.TryParse(line[1..], out int level, out var used) || level < 0
            || !TryTake(ref line, used + 1, '>') || line.IsEmpty || line[0] != '[')
        {
            return false;
        }

        var digits = line[1..].TrimStart((byte)' ');
        if (!Utf8Parser.TryParse(digits, out decimal seconds, out used) || seconds is < 0 or > int.MaxValue
            || !TryTake(ref line, line.Length - digits.Length + used, ']'))
        {
            return false;
        }

        (isKernel, time) = (level <= 7, TimeSpan.FromSeconds((double)seconds));
        if (line.StartsWith("["u8) && line.IndexOf((byte)']') is var end and > 0)
        {
            line = line[(end + 1)..];
        }

        line = line.TrimStart((byte)' ');
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> line, int place, char expected)
    {
        if (place >= line.Length || line[place] != expected)
        {
            return false;
        }

        line = line[(place + 1)..];
        return true;
    }

    private static Kill? ParseKill(ReadOnlySpan<byte> line, TimeSpan time)
    {
        // The line may begin with the reason. A line that begins otherwise may only contain these words, as in the name of a process.
        var killed = "Killed process "u8;
        var start = line.StartsWith(killed) ? 0
            : line.StartsWith("Memory cgroup out of memory"u8) || line.StartsWith("Out of memory"u8) ? line.IndexOf(killed)
            : -1;
        if (start < 0)
        {
            return null;
        }

        // Before Linux 5.2 a comma followed the name, later a space.
        var rest = line[(start + killed.Length)..];
        if (!Utf8Parser.TryParse(rest, out int process, out var used) || process <= 0 || !rest[used..].StartsWith(" ("u8))
        {
            return null;
        }

        rest = rest[(used + 2)..];
        var end = rest.LastIndexOf(") total-vm"u8) is var found and >= 0 ? found : rest.LastIndexOf((byte)')');
        return new(time, process, SafeText.Clean(Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]), LongestName));
    }
}
