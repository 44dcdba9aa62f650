using MemoryWatch.BlackBox.Format;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// The black box of one run, from its start to its stop: tells of the run before, then has this one recorded. Whatever the disk does, the watch
/// runs on, without a black box where there can be none.
/// </summary>
/// <param name="settings">Where it is, if anywhere.</param>
/// <param name="operations">Knows what is in flight.</param>
/// <param name="reader">Knows the memory group.</param>
/// <param name="teller">Tells the recorder what there is to record.</param>
/// <param name="logger">Is told of the previous run, and of troubles.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long the start waits for the disk; the default where absent.</param>
internal sealed class BlackBoxRun(
    BlackBoxSettings settings, OperationTracker operations, IMemoryReader reader, Teller teller, ILogger logger, TimeProvider time,
    TimeSpan? patience = null)
{
    /// <summary>Milliseconds are enough, seconds where the machine is busy; but a disk that hangs must not hold up the application.</summary>
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    private readonly object _lifecycle = new();
    private readonly TimeSpan _patience = patience ?? DefaultPatience;
    private volatile PreviousRun? _previous;
    private RunFile? _file;
    private bool _isStopped;

    /// <summary>The run before this one; absent where there is no black box, or nothing in it.</summary>
    public PreviousRun? Previous => _previous;

    /// <summary>
    /// Tells of the previous run and opens this one's file. Returns when that is done, or takes too long; at once where there is to be no black
    /// box.
    /// </summary>
    /// <param name="first">The first snapshot.</param>
    /// <param name="metrics">What its metrics are.</param>
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
            file.Recorder.Begin(first);
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
            teller.Record(file.Recorder);
        }
    }
}
