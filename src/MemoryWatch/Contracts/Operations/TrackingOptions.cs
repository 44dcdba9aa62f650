namespace MemoryWatch;

/// <summary>
/// Which of the things that the application does anyway become operations, and what is told of them. The functions are called on the
/// application's flows, several at once: they must be thread-safe and quick. One that throws is reported once; what it was asked about goes
/// on as if it were not there.
/// </summary>
/// <typeparam name="TAsked">What the filter is asked about.</typeparam>
/// <typeparam name="TStarted">What an operation is made of.</typeparam>
public abstract class TrackingOptions<TAsked, TStarted>
{
    private double _sampleRatio = 1;

    /// <summary>Options as they are by default.</summary>
    protected TrackingOptions()
    {
    }

    /// <summary>Whether it becomes an operation; all do where absent.</summary>
    public Func<TAsked, bool>? Filter { get; set; }

    /// <summary>
    /// Which part becomes operations, from 0 to 1; 1, all of it, by default. Totals and metrics tell of those that were taken.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double SampleRatio
    {
        get => _sampleRatio;
        set => _sampleRatio = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A ratio is from 0 to 1.");
    }

    /// <summary>What an operation is about, as it starts; nothing where absent.</summary>
    public Func<TStarted, OperationContext>? Context { get; set; }

    /// <summary>How much is told of the operations; <see cref="OperationVerbosity.Quiet"/> by default, as there may be thousands a second.</summary>
    public OperationVerbosity Verbosity { get; set; } = OperationVerbosity.Quiet;
}
