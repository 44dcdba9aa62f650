using System.Diagnostics;

namespace MemoryWatch;

/// <summary>
/// Which activities become operations, and what is told of them. The functions are called on the application's flows, several at
/// once: they must be thread-safe and quick. One that throws is reported once; the activity goes on as if it were not there.
/// </summary>
public sealed class ActivityTrackingOptions
{
    private double _sampleRatio = 1;

    /// <summary>
    /// Whether activities of this name (<see cref="Activity.OperationName"/>) become operations; all do where absent. Asked before
    /// the activity is made and after, so it must answer the same both times.
    /// </summary>
    public Func<string, bool>? Filter { get; set; }

    /// <summary>
    /// Which part of the activities become operations, from 0 to 1; 1, all of them, by default. Whole traces are taken or left, by
    /// their ids. Totals and metrics tell of those that were taken.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double SampleRatio
    {
        get => _sampleRatio;
        set => _sampleRatio = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A ratio is from 0 to 1.");
    }

    /// <summary>
    /// What an operation is about, from its activity as it starts: tags that are set later are not there yet. None where absent.
    /// </summary>
    public Func<Activity, OperationContext>? Context { get; set; }

    /// <summary>How much is told of the operations; <see cref="OperationVerbosity.Quiet"/> by default, as there may be many.</summary>
    public OperationVerbosity Verbosity { get; set; } = OperationVerbosity.Quiet;
}
