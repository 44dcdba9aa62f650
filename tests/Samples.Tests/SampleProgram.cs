using System.Diagnostics;

namespace Samples.Tests;

/// <summary>A sample that runs as a process, in a folder of its own, until the test kills it.</summary>
internal sealed class SampleProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly List<string> _printed = [];
    private readonly Process _process;

    public SampleProgram(string name, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{name}.dll"), "--contentRoot", folder, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Reads what the program prints until a line contains the text.</summary>
    /// <returns>That line.</returns>
    public async Task<string> UntilAsync(string text)
    {
        while (await NextLineAsync(text) is { } line)
        {
            _printed.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended and never printed '{text}':\n{string.Join('\n', _printed)}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _deadline.Dispose();
    }

    private async Task<string?> NextLineAsync(string text)
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(_deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program has not printed '{text}' within {Patience}:\n{string.Join('\n', _printed)}");
        }
    }
}
