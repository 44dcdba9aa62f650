namespace MemoryWatch;

/// <summary>
/// Options that select the activities or requests of the application that become operations, and that set how these operations are logged.
/// </summary>
/// <remarks>
/// MemoryWatch calls the functions on the application's flows, several at once: they must be thread-safe and fast. If the filter throws, the
/// activity or request is not tracked. If the context function throws, the operation has no context. The first exception is logged once; the
/// application does not see it.
/// </remarks>
/// <typeparam name="TAsked">The type that the filter receives.</typeparam>
/// <typeparam name="TStarted">The type that the context function receives.</typeparam>
/// <example>
/// <code>
/// static void Sparingly&lt;TAsked, TStarted>(TrackingOptions&lt;TAsked, TStarted> options)
/// {
///     options.SampleRatio = 0.1;
///     options.Verbosity = OperationVerbosity.Quiet;
/// }
///
/// builder.Services.AddMemoryWatch().TrackActivities("MyCompany.*", Sparingly);
/// app.UseMemoryWatchRequests(Sparingly);
/// </code>
/// </example>
public abstract class TrackingOptions<TAsked, TStarted>
{
    private double _sampleRatio = 1;

    /// <summary>Creates the default options.</summary>
    protected TrackingOptions()
    {
    }

    /// <summary>Whether to track an activity or request. If <see langword="null"/>, the default, all are tracked.</summary>
    public Func<TAsked, bool>? Filter { get; set; }

    /// <summary>The part that becomes operations, from 0 to 1; 1, all of it, by default. Totals and metrics include only this part.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double SampleRatio
    {
        get => _sampleRatio;
        set => _sampleRatio = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A ratio is from 0 to 1.");
    }

    /// <summary>Returns the context of an operation when it starts. If <see langword="null"/>, the default, the operation has no context.</summary>
    public Func<TStarted, OperationContext>? Context { get; set; }

    /// <summary>
    /// How much is logged about the operations; <see cref="OperationVerbosity.Quiet"/> by default, because there may be thousands per second.
    /// </summary>
    public OperationVerbosity Verbosity { get; set; } = OperationVerbosity.Quiet;
}
