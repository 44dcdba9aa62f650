using MemoryWatch.Guard;

namespace MemoryWatch.Judge;

/// <summary>Calls an application's detector as a guarded plug-in.</summary>
internal sealed class GuardedDetector(IMemoryDetector detector)
    : GuardedPlugin("Detector", SafeText.Name(detector.GetType().Name))
{
    private MemorySnapshot _snapshot = MemorySnapshot.Empty;
    private MemoryAlert? _alert;

    /// <summary>The alert of the last round; <see langword="null"/> if there was none or the detector did not answer.</summary>
    public MemoryAlert? Alert => Answered ? _alert : null;

    /// <summary>Sets the snapshot for the next round, unless an abandoned call still reads the previous one.</summary>
    public void Show(MemorySnapshot snapshot)
    {
        if (!IsInCall)
        {
            _snapshot = snapshot;
        }
    }

    protected override void Invoke() => _alert = detector.Inspect(_snapshot);
}
