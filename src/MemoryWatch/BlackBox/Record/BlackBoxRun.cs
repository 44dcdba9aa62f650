using MemoryWatch.BlackBox.Format;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// The black box of one run, from its start to its stop. It reports the previous run and then records this one. Whatever the disk does, the
/// watch continues; if the file cannot be used, it continues without a black box.
/// </summary>
/// <param name="settings">The file's path, if any, and its size.</param>
/// <param name="operations">Provides the operations in flight.</param>
/// <param name="reader">Provides the cgroup.</param>
/// <param name="teller">Passes events to the recorder.</param>
/// <param name="logger">Receives the report of the previous run, and problems.</param>
/// <param name="time">The clock.</param>
/// <param name="history">Receives what the previous run left of its history, and provides this run's.</param>
/// <param name="files">Performs the operations on its files; those of this machine by default.</param>
/// <param name="patience">Maximum time that the start waits for the disk; <see langword="null"/> for the default.</param>
internal sealed class BlackBoxRun(
    BlackBoxSettings settings, OperationTracker operations, IMemoryReader reader, Teller teller, ILogger logger, TimeProvider time,
    HistoryKeeper history, IFiles? files = null, TimeSpan? patience = null)
{
    /// <summary>Opening takes milliseconds, or seconds on a busy machine. A disk that hangs must not block the application's start.</summary>
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    // The disk may hang, and the watch must not.
    private static readonly TimeSpan RestartPatience = TimeSpan.FromSeconds(2);

    private readonly object _lifecycle = new();
    private readonly IFiles _files = files ?? DiskFiles.Instance;
    private readonly TimeSpan _patience = patience ?? DefaultPatience;
    private volatile PreviousRun? _previous;
    private volatile RunFile? _file;
    private volatile RestartLedger _restarts = RestartLedger.None;
    private bool _isStopped;

    /// <summary>The previous run; <see langword="null"/> if there is no black box or it holds no readable run.</summary>
    public PreviousRun? Previous => _previous;

    /// <summary>The restarts on purpose that are known, with that of this run; none are before the file is open.</summary>
    public RestartLedger Restarts => _file is null ? RestartLedger.None : _restarts;

    /// <summary>The most native memory that the previous run is known to have had, in bytes; <see langword="null"/> if unknown.</summary>
    public long? PreviousNativePeak { get; private set; }

    /// <summary>
    /// Reports the previous run and opens this run's file. Returns when both are done or take too long, and at once if the black box is disabled.
    /// </summary>
    /// <param name="first">The first snapshot.</param>
    /// <param name="metrics">The definitions of its metrics.</param>
    public void Start(MemorySnapshot first, IReadOnlyList<MetricDefinition> metrics)
    {
        if (settings.Path is null)
        {
            return;
        }

        var opening = new Thread(() => Open(first, metrics)) { IsBackground = true, Name = "MemoryWatch black box start" };
        opening.Start();
        if (!opening.Join(_patience))
        {
            BlackBoxLog.Late(logger, SafeText.Context(settings.Path), MemoryText.Interval(_patience));
        }
    }

    /// <summary>
    /// Records that an <see cref="OutOfMemoryException"/> was thrown, if the file is open. Allocates nothing and takes no lock that it would have to
    /// wait for.
    /// </summary>
    /// <param name="count">Number of such exceptions so far.</param>
    public void RecordOutOfMemory(long count) => _file?.Recorder.RecordOutOfMemory(count);

    /// <summary>Records the restart on purpose of this run: its beginning, and later its end.</summary>
    /// <returns>Whether it is in the file.</returns>
    public bool RecordRestart(DrainedRestart restart)
    {
        if (_file?.Recorder is not { } recorder)
        {
            return false;
        }

        var restarts = restart.Waited is null ? _restarts.With(restart.Began) : _restarts;
        var isRecorded = false;
        var recording = new Thread(() => Volatile.Write(ref isRecorded, recorder.RecordRestart(restarts, restart)))
        {
            IsBackground = true, Name = "MemoryWatch restart record",
        };
        recording.UnsafeStart();
        if (!recording.Join(RestartPatience) || !Volatile.Read(ref isRecorded))
        {
            return false;
        }

        _restarts = restarts;
        return true;
    }

    /// <summary>Marks the run as stopped and closes the file.</summary>
    public void Stop()
    {
        lock (_lifecycle)
        {
            _isStopped = true;
            teller.Record(null);
            _file?.Stop();
        }
    }

    private void Open(MemorySnapshot first, IReadOnlyList<MetricDefinition> metrics)
    {
        try
        {
            var opening = new BoxOpening(settings, RunIdentity.Of(first, reader.Group, _files, time), _files, logger, history);
            RunFile file;
            try
            {
                file = opening.Open(first, metrics, operations, reader, time);
            }
            finally
            {
                // The previous run is known by then, even if no new file can be created.
                _previous = opening.Previous;
                _restarts = opening.Restarts;
                PreviousNativePeak = opening.NativePeak;
            }

            Attach(file);
            file.Recorder.Begin(first);
        }
        catch (Exception error)
        {
            // The disk is read-only or full, access is denied, or the path is a folder: log it, and let the application run.
            BlackBoxLog.Off(logger, SafeText.Context(settings.Path), SafeText.Error(error));
        }
    }

    private void Attach(RunFile file)
    {
        lock (_lifecycle)
        {
            _file = file;
            if (_isStopped)
            {
                file.Stop();
                return;
            }

            // Set before Begin replays the operations in flight, because their ends must be recorded from then on.
            teller.Record(file.Recorder);
        }
    }
}
