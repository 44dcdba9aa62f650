using System.Diagnostics;
using MemoryWatch.Read;

namespace MemoryWatch.Benchmarks.Processes;

/// <summary>This program in a separate process; its first arguments select what it does. Disposing it ends the process.</summary>
internal sealed class ChildProgram : IDisposable
{
    /// <summary>The first argument that makes a process a child.</summary>
    public const string Verb = "child";

    private readonly Process _process;

    public ChildProgram(params string[] arguments)
    {
        // If started by "dotnet x.dll", the process is dotnet, and the program is its first argument.
        var host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(ChildProgram).Assembly.Location] : [];
        var start = new ProcessStartInfo(host, [.. program, Verb, .. arguments]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        _process = Process.Start(start)!;
    }

    /// <summary>Returns the next line that it prints.</summary>
    public string ReadLine() => TryReadLine()
        ?? throw new InvalidOperationException("The child process ended before it answered.");

    /// <summary>Returns the next line that it prints; <see langword="null"/> if it ended before.</summary>
    public string? TryReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Sends it a line and waits for the line that it prints.</summary>
    public string Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        _process.StandardInput.Flush();
        return ReadLine();
    }

    /// <summary>Returns its memory as counted by the kernel.</summary>
    public ChildMemory ReadMemory()
    {
        var status = File.ReadAllBytes($"/proc/{_process.Id}/status");
        return new(Read("VmRSS"u8), Read("RssAnon"u8), Read("RssShmem"u8), Read("RssFile"u8));

        long Read(ReadOnlySpan<byte> key) => KernelText.Kilobytes(status, key)
            ?? throw new InvalidOperationException("The kernel does not tell a child's memory.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }
}
