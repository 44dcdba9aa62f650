using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Benchmarks.BlackBox;

/// <summary>A standalone black box of the default size, and a file of the same size on the same disk for the writes in C.</summary>
internal sealed class Recording : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memorywatch-benchmarks-");
    private readonly SafeFileHandle _bare;
    private readonly RecordWriter _writer;
    private readonly FlightRecorder _recorder;
    private readonly JournalEntry _mark = new()
    {
        Kind = JournalEntryKind.Mark,
        Time = TimeProvider.System.GetUtcNow(),
        Name = "Session Created",
        Context = "User 123 | File size: 45.3 MB",
        ResidentBytes = 152 << 20,
    };

    private readonly MemorySnapshot _snapshot;

    public Recording(IMemoryReader reader)
    {
        var time = TimeProvider.System;
        var size = MemoryWatchDefaults.BlackBoxSize.Bytes;
        var (watchRecords, operationRecords) = BoxFormat.Rings(size);
        var header = new BoxHeader(new() { RunId = Guid.NewGuid(), Started = time.GetUtcNow() }, watchRecords, operationRecords);
        var folder = new BoxFolder(new(Path.Combine(_folder.FullName, "memory.blackbox")), 1);
        var file = folder.Make(
            header, new byte[BoxFormat.DefinitionCount * BoxFormat.RecordSize], static path => new BoxFile(DiskFiles.Instance, path));
        var tracker = new OperationTracker(new OperationStore(static () => { }), new(reader, static () => { }), time, new Nobody(), isMetered: true);
        _writer = new(file, header, time, Libc.CountWaits);
        _recorder = new(_writer, tracker, reader, NullLogger.Instance, time, time.GetTimestamp());
        _snapshot = new() { Time = time.GetUtcNow(), Zone = MemoryZone.Critical, Usage = new() { UsedBytes = 1, LimitBytes = 2 } };

        var barePath = Path.Combine(_folder.FullName, "bare");
        File.WriteAllBytes(barePath, new byte[size]);
        _bare = File.OpenHandle(barePath, access: FileAccess.Write);
        Places = (int)(size / BoxFormat.RecordSize);
    }

    public int BareFile => (int)_bare.DangerousGetHandle();

    /// <summary>Number of records that the file for C has space for.</summary>
    public int Places { get; }

    /// <summary>Whether the disk became too slow, so that records went to the queue instead of the file.</summary>
    public bool HasQueued => _writer.MovedBecauseOf is not null;

    public void Mark() => _recorder.OnEntry(_mark);

    public void Sample() => _recorder.OnSnapshot(_snapshot);

    public void Dispose()
    {
        _writer.Close();
        _bare.Dispose();
        _folder.Delete(recursive: true);
    }

    private sealed class Nobody : IEntryListener
    {
        public void OnEntry(in JournalEntry entry)
        {
            // No operations are tracked here.
        }
    }
}
