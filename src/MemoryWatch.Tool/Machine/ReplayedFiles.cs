using System.Runtime.CompilerServices;
using System.Text;
using MemoryWatch.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Tool.Machine;

/// <summary>The files of a <see cref="Recording"/>. A path that was not recorded is missing.</summary>
internal sealed class ReplayedFiles(Recording recording) : ReadingFiles
{
    private readonly Dictionary<string, RecordedFile> _files = recording.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
    private readonly ConditionalWeakTable<SafeFileHandle, byte[]> _open = [];

    public override bool Exists(string path) =>
        StateOf(path) is RecordedState.Read or RecordedState.NotPermitted or RecordedState.Failed;

    public override bool FolderExists(string path) => StateOf(path) == RecordedState.Folder;

    public override SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var handle = new SafeFileHandle();
        _open.Add(handle, ReadAll(path));
        return handle;
    }

    public override int Read(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var content = _open.TryGetValue(file, out var known) ? known : throw new ObjectDisposedException(nameof(file));
        var rest = content.AsSpan((int)Math.Min(offset, content.Length));
        rest = rest[..Math.Min(rest.Length, buffer.Length)];
        rest.CopyTo(buffer);
        return rest.Length;
    }

    public override byte[] ReadAll(string path) => StateOf(path) switch
    {
        RecordedState.Read => _files[path].Content,
        RecordedState.NotPermitted or RecordedState.Hidden => throw new UnauthorizedAccessException(),
        RecordedState.Failed => throw new IOException(),
        _ => throw new FileNotFoundException(),
    };

    public override bool TryGetStatus(byte[] path, out Libc.FileStatus status)
    {
        status = new() { Inode = 1 };
        return StateOf(Text(path)) == RecordedState.Folder;
    }

    public override ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer)
    {
        if (StateOf(Text(path)) != RecordedState.Read)
        {
            return default;
        }

        var content = _files[Text(path)].Content.AsSpan();
        content = content[..Math.Min(content.Length, buffer.Length)];
        content.CopyTo(buffer);
        return buffer[..content.Length];
    }

    private static string Text(byte[] path) => Encoding.UTF8.GetString(path.AsSpan(0, path.AsSpan().IndexOf((byte)0)));

    private RecordedState StateOf(string path) => _files.TryGetValue(path, out var file) ? file.State : RecordedState.Missing;
}
