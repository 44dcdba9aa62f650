using MemoryWatch.Guard;

namespace MemoryWatch.Judge;

/// <summary>A user's detector behind the guard.</summary>
internal sealed class GuardedDetector(IMemoryDetector detector)
    : GuardedPlugin("Detector", SafeText.Name(detector.GetType().Name))
{
    private MemorySnapshot _snapshot = MemorySnapshot.Empty;
    private MemoryAlert? _alert;

    /// <summary>What the last round found; nothing where it brought no answer.</summary>
    public MemoryAlert? Alert => Answered ? _alert : null;

    /// <summary>Hands it the snapshot of the coming round, unless an abandoned call still reads the last one.</summary>
    public void Show(MemorySnapshot snapshot)
    {
        if (!IsInCall)
        {
            _snapshot = snapshot;
        }
    }

    protected override void Invoke() => _alert = detector.Inspect(_snapshot);
}
