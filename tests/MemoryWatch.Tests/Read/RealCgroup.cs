using System.Diagnostics;
using System.Globalization;

namespace MemoryWatch.Tests.Read;

/// <summary>A version 1 memory group that the kernel keeps, made for one test and removed with its processes after it.</summary>
internal sealed class RealCgroup : IDisposable
{
    private readonly List<Process> _processes = [];

    private RealCgroup(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>A new group with a limit; absent where this machine does not let the test make one.</summary>
    public static RealCgroup? TryCreate(long limitBytes)
    {
        var group = new RealCgroup($"{CgroupFixtures.Version1}/memorywatch-test-{Guid.NewGuid():N}");
        try
        {
            if (!File.Exists($"{CgroupFixtures.Version1}/memory.usage_in_bytes"))
            {
                return null;
            }

            group.Create(limitBytes);
            return group;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not root, or mounted read-only: the caller says that it could not check.
            group.Dispose();
            return null;
        }
    }

    public void Create(long limitBytes)
    {
        Directory.CreateDirectory(Folder);
        SetLimit(limitBytes);
    }

    public void Remove() => SpinWait.SpinUntil(TryRemove, TimeSpan.FromSeconds(10)).Should().BeTrue("the group is empty");

    public void SetLimit(long bytes) =>
        File.WriteAllText($"{Folder}/memory.limit_in_bytes", bytes.ToString(CultureInfo.InvariantCulture));

    public long ReadNumber(string file, string? key = null)
    {
        var line = File.ReadLines($"{Folder}/{file}").First(l => key is null || l.StartsWith($"{key} ", StringComparison.Ordinal));
        return long.Parse(key is null ? line : line[(key.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Starts a shell that enters the group before it runs the script.</summary>
    public Process Start(string script)
    {
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"echo $$ > {Folder}/cgroup.procs; {script}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        if (Directory.Exists(Folder))
        {
            Remove();
        }
    }

    private bool TryRemove()
    {
        try
        {
            Directory.Delete(Folder);
            return true;
        }
        catch (IOException)
        {
            // Busy for a moment after its last process ended.
            return false;
        }
    }
}
