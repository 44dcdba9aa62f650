using System.Globalization;

namespace DownloaderBot.Tests.Support;

/// <summary>A memory group (cgroup v1) with a limit of its own, removed after the test; its processes must have ended by then.</summary>
internal sealed class MemoryGroup : IDisposable
{
    public const string Root = "/sys/fs/cgroup/memory";

    private MemoryGroup(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>A new group; absent where this machine does not let the test make one.</summary>
    public static MemoryGroup? TryCreate(long limitBytes)
    {
        if (!File.Exists($"{Root}/memory.usage_in_bytes"))
        {
            return null;
        }

        var group = new MemoryGroup($"{Root}/downloaderbot-test-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(group.Folder);
            File.WriteAllText($"{group.Folder}/memory.limit_in_bytes", limitBytes.ToString(CultureInfo.InvariantCulture));
            return group;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not root, or mounted read-only: the caller says that it could not check.
            group.Dispose();
            return null;
        }
    }

    /// <summary>How often the kernel had to kill in it.</summary>
    public long CountKills() =>
        long.Parse(
            File.ReadLines($"{Folder}/memory.oom_control").Single(l => l.StartsWith("oom_kill ", StringComparison.Ordinal))[9..],
            CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            // Busy for a moment after its last process ended.
            SpinWait.SpinUntil(TryRemove, TimeSpan.FromSeconds(10)).Should().BeTrue("the group is empty");
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
