using System.Runtime.InteropServices;
using MemoryWatch.Read;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Benchmarks.Bare;

/// <summary>
/// The files that a full reading reads on this machine, so that C can read the same. The list is detected, not hard-coded: the files that a
/// reader holds open after a reading are the files that it reads.
/// </summary>
internal sealed class ReaderFiles : IDisposable
{
    private const string OwnHandles = "/proc/self/fd";

    private readonly List<SafeFileHandle> _handles = [];
    private readonly List<int> _files = [];
    private readonly List<long> _offsets = [];
    private readonly nint[] _statusPaths;
    private readonly nint[] _openedPaths;

    public ReaderFiles()
    {
        // What the reader does with paths leaves no handle to detect: it looks whose cgroup this is and which processes are in it.
        var opened = OpenedByReader(out var group);
        string[] folders = group is null ? [] : [group];
        _statusPaths = Array.ConvertAll(["/proc/self/task", OwnHandles, .. folders], Marshal.StringToCoTaskMemUTF8);
        _openedPaths = Array.ConvertAll(folders, folder => Marshal.StringToCoTaskMemUTF8($"{folder}/cgroup.procs"));
        foreach (var path in opened)
        {
            var handle = File.OpenHandle(path, share: FileShare.ReadWrite);
            _handles.Add(handle);
            Add(handle, until: path == "/proc/vmstat" ? "\noom_kill "u8 : default);
            Paths.Add(path);
        }
    }

    public List<string> Paths { get; } = [];

    public ReadOnlySpan<int> Files => CollectionsMarshal.AsSpan(_files);

    public ReadOnlySpan<long> Offsets => CollectionsMarshal.AsSpan(_offsets);

    public ReadOnlySpan<nint> StatusPaths => _statusPaths;

    public ReadOnlySpan<nint> OpenedPaths => _openedPaths;

    public void Dispose()
    {
        _handles.ForEach(handle => handle.Dispose());
        Array.ForEach(_statusPaths, Marshal.FreeCoTaskMem);
        Array.ForEach(_openedPaths, Marshal.FreeCoTaskMem);
    }

    private static IEnumerable<string> OpenedByReader(out string? group)
    {
        var before = Open();
        using var reader = new LinuxReader(TimeProvider.System);
        reader.Read();
        group = reader.Group?.Path;

        // A file that the reader holds open for each core is read once.
        return [.. Open().Except(before).Select(handle => handle.Target).Distinct()];
    }

    private static HashSet<(string Handle, string Target)> Open()
    {
        var own = $"/proc/{Environment.ProcessId}/";
        return
        [
            .. Directory.EnumerateFiles(OwnHandles)
                .Select(handle => (handle, Target: File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName ?? string.Empty))
                .Where(open => open.Target.StartsWith("/proc/", StringComparison.Ordinal) || open.Target.StartsWith("/sys/", StringComparison.Ordinal))
                .Select(open => (open.handle, open.Target.Replace(own, "/proc/self/", StringComparison.Ordinal))),
        ];
    }

    /// <summary>Adds one block of the file, or as many blocks as it takes to reach the requested line.</summary>
    private void Add(SafeFileHandle handle, ReadOnlySpan<byte> until)
    {
        Span<byte> buffer = stackalloc byte[16 * 1024];
        var offset = 0L;
        int length;
        do
        {
            _files.Add((int)handle.DangerousGetHandle());
            _offsets.Add(offset);
            length = RandomAccess.Read(handle, buffer, offset);
            offset += length;
        }
        while (length > 0 && !until.IsEmpty && buffer[..length].IndexOf(until) < 0);
    }
}
