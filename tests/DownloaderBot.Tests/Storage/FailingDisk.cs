using DownloaderBot.Storage;

namespace DownloaderBot.Tests.Storage;

/// <summary>A disk with as much room as is said, on which writes fail, from a number of bytes on, as on a full one.</summary>
internal sealed class FailingDisk : IDisk
{
    private readonly Disk _disk = new();

    public long Free { get; set; } = long.MaxValue;

    public long WritableBytes { get; set; } = long.MaxValue;

    public long FreeBytes(string folder) => Free;

    public Stream Create(string path, long expectedBytes) => new Writer(path, WritableBytes);

    public Stream OpenRead(string path) => _disk.OpenRead(path);

    private sealed class Writer(string path, long writable) : FileStream(path, FileMode.CreateNew)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position + buffer.Length > writable)
            {
                throw new IOException($"No space left on device : '{Name}'", hresult: 28);
            }

            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
