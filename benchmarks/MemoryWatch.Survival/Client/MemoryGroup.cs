using System.Globalization;

namespace MemoryWatch.Survival.Client;

/// <summary>A memory cgroup with a limit, removed after use. Needs root and a writable v1 memory controller.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup/memory";
    private const string Kills = "oom_kill ";

    private static readonly TimeSpan RemovalTime = TimeSpan.FromSeconds(10);

    private static int _made;

    private MemoryGroup(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Creates a group; <see langword="null"/> if this machine does not allow it.</summary>
    public static MemoryGroup? TryCreate(long limitBytes)
    {
        if (!File.Exists($"{Root}/memory.usage_in_bytes"))
        {
            return null;
        }

        var group = new MemoryGroup($"{Root}/memorywatch-survival-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
        try
        {
            Directory.CreateDirectory(group.Folder);
            File.WriteAllText($"{group.Folder}/memory.limit_in_bytes", limitBytes.ToString(CultureInfo.InvariantCulture));
            return group;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not root, or mounted read-only.
            group.Dispose();
            return null;
        }
    }

    /// <summary>How often the kernel had to kill in it.</summary>
    public long CountKills() => long.Parse(
        File.ReadLines($"{Folder}/memory.oom_control").Single(line => line.StartsWith(Kills, StringComparison.Ordinal))[Kills.Length..],
        CultureInfo.InvariantCulture);

    public void Dispose()
    {
        // Busy for a moment after its last process ended.
        if (Directory.Exists(Folder) && !SpinWait.SpinUntil(TryRemove, RemovalTime))
        {
            Console.Error.WriteLine($"{Folder} could not be removed.");
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
            return false;
        }
    }
}
