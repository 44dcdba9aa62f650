using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// The black box of one run, from its start to its stop: tells of the run before, then records this one. Whatever the disk does, the watch
/// runs on, without a black box where there can be none.
/// </summary>
/// <param name="settings">Where it is.</param>
/// <param name="operations">Knows what is in flight.</param>
/// <param name="reader">Knows the memory group.</param>
/// <param name="logger">Is told of the previous run, and of troubles.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long the start waits for the disk; the default where absent.</param>
internal sealed class BlackBoxRun(
    BlackBoxSettings settings, OperationTracker operations, IMemoryReader reader, ILogger logger, TimeProvider time, TimeSpan? patience = null)
    : IMemoryObserver
{
    /// <summary>Milliseconds are enough, seconds where the machine is busy; but a disk that hangs must not hold up the application.</summary>
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    private readonly object _lifecycle = new();
    private readonly TimeSpan _patience = patience ?? DefaultPatience;
    private readonly LastWords _lastWords = new(operations, new(settings.TerminationLogPath), logger, time);
    private volatile PreviousRun? _previous;
    private volatile FlightRecorder? _recorder;
    private RunFile? _file;
    private bool _isStopped;

    public PreviousRun? Previous => _previous;

    /// <summary>Tells of the previous run and opens this one's file. Returns when that is done, or takes too long.</summary>
    /// <param name="first">The first snapshot.</param>
    /// <param name="zone">The zone it falls in.</param>
    /// <param name="metrics">What its metrics are.</param>
    public void Start(MemorySnapshot first, MemoryZone zone, IReadOnlyList<MetricDefinition> metrics)
    {
        var opening = new Thread(() => Open(first, zone, metrics)) { IsBackground = true, Name = "MemoryWatch black box start" };
        opening.Start();
        if (!opening.Join(_patience))
        {
            BlackBoxLog.Late(logger, SafeText.Context(settings.Path), MemoryText.Interval(_patience));
        }
    }

    /// <summary>Marks the run as stopped and closes the file.</summary>
    public void Stop()
    {
        lock (_lifecycle)
        {
            (_isStopped, _recorder) = (true, null);
            _file?.Stop();
        }
    }

    public void OnEntry(in JournalEntry entry) => _recorder?.OnEntry(entry);

    public void OnSnapshot(in MemorySnapshot snapshot, MemoryZone zone)
    {
        _recorder?.OnSnapshot(snapshot, zone);
        if (snapshot.Trigger == SnapshotTrigger.Tick)
        {
            _recorder?.Attend();
            _lastWords.OnTick(snapshot, zone);
        }
    }

    public void OnAlert(MemoryAlert alert, in MemorySnapshot snapshot, MemoryZone zone) => _recorder?.OnAlert(alert, snapshot, zone);

    public void OnRelief(ReliefOutcome outcome) => _recorder?.OnRelief(outcome);

    private void Open(in MemorySnapshot first, MemoryZone zone, IReadOnlyList<MetricDefinition> metrics)
    {
        try
        {
            var opening = new BoxOpening(settings, RunIdentity.Of(first, reader.Group, time), logger);
            RunFile file;
            try
            {
                file = opening.Open(metrics, operations, reader, time);
            }
            finally
            {
                // Known by then, even where no new file can be made.
                _previous = opening.Previous;
            }

            Attach(file);
            file.Recorder.Begin(first, zone);
        }
        catch (Exception error)
        {
            // Read-only, full, not permitted, a folder in its place: the application is to know, and to run.
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

            // Before what is in flight is told: the ends of those operations must be recorded by then.
            _recorder = file.Recorder;
        }
    }
}
