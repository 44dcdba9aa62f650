using MemoryWatch.BlackBox.Format;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>An open file with the objects that write to it.</summary>
internal sealed class RunFile
{
    private readonly IFiles _files;
    private readonly string _path;
    private readonly RunIdentity _identity;
    private readonly RecordWriter _writer;
    private readonly RunEnd _end;
    private readonly TimeProvider _time;
    private readonly long _started;

    public RunFile(
        IBoxFile file, BoxPaths paths, string path, BoxHeader header, OperationTracker operations, IMemoryReader reader, ILogger logger, TimeProvider time,
        HistoryCarry carry)
    {
        (_files, _path, _identity, _time, _started) = (paths.Files, path, header.Identity, time, time.GetTimestamp());
        _writer = new(file, header, time, OperatingSystem.IsLinux() ? Libc.CountWaits : null);
        var history = new HistoryWriter(carry, _writer, time, _started);
        Recorder = new(_writer, operations, reader, logger, time, _started, header.HistoryRecords > 0 ? history : null);
        _end = new(Recorder);
    }

    public FlightRecorder Recorder { get; }

    /// <summary>Marks the run as stopped and closes the file. After that, only the process's end can still be recorded.</summary>
    public void Stop()
    {
        _end.Stop();
        _writer.Close();
        StoppedRuns.Remember(new(_files, _path, _identity, _time, _started, _writer.LastSequence));
    }
}
