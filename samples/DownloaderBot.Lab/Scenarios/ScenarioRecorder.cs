using MemoryWatch;

namespace DownloaderBot.Scenarios;

/// <summary>
/// Counts what the watch reports between two snapshots of the scenario. Only the watch's thread writes; read it once <see cref="Finished"/> has
/// completed.
/// </summary>
/// <param name="watch">The watch; it exists only after its observers.</param>
internal sealed class ScenarioRecorder(Lazy<IMemoryWatch> watch) : IMemoryObserver
{
    public const string First = "Scenario Started";
    public const string Last = "Scenario Finished";

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isRecording;
    private long _lastSequence;

    /// <summary>
    /// Completes once the first snapshot was reported. Little may happen before that because the watch reports only a limited number of entries
    /// per call.
    /// </summary>
    public Task Started => _started.Task;

    public Task Finished => _finished.Task;

    public ScenarioFigures Figures { get; } = new();

    /// <summary>The watch reports entries before snapshots, so the last snapshot arrives after everything that is counted.</summary>
    public void OnSnapshot(MemorySnapshot snapshot)
    {
        if (snapshot.Operation == First)
        {
            _isRecording = true;
            Figures.SetBefore(snapshot);
            _started.TrySetResult();
        }

        if (_isRecording)
        {
            Figures.Add(snapshot);
            Figures.Diagnoses.Add(watch.Value.Diagnose(), snapshot.Usage.UsedBytes ?? 0);
        }

        if (snapshot.Operation == Last)
        {
            _isRecording = false;
            Figures.SetAfter(snapshot);
            _finished.TrySetResult();
        }
    }

    public void OnEntry(in JournalEntry entry)
    {
        if (_isRecording)
        {
            Figures.MissedEntries += entry.Sequence - _lastSequence - 1;
            Figures.Add(entry);
        }

        _lastSequence = entry.Sequence;
    }

    public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
        if (_isRecording)
        {
            Figures.Add(alert);
        }
    }

    public void OnRelief(ReliefOutcome outcome)
    {
        if (_isRecording)
        {
            Figures.Add(outcome);
        }
    }
}
