namespace MemoryWatch.Track;

/// <summary>
/// Calls the application's functions that decide whether something becomes an operation, and that return its context. If a function throws, the
/// operation or its context is lost, but the application is not affected. Only the first exception is reported.
/// </summary>
/// <param name="options">The functions.</param>
/// <param name="onFault">Receives the first exception.</param>
internal sealed class TrackingGuard<TAsked, TStarted>(TrackingOptions<TAsked, TStarted> options, Action<Exception> onFault)
{
    private int _faults;

    public bool Wants(TAsked asked)
    {
        try
        {
            return options.Filter?.Invoke(asked) ?? true;
        }
        catch (Exception exception)
        {
            // The application must not be affected; see the summary.
            Report(exception);
            return false;
        }
    }

    public OperationContext ContextOf(TStarted started)
    {
        try
        {
            return options.Context?.Invoke(started) ?? default;
        }
        catch (Exception exception)
        {
            // The application must not be affected; see the summary.
            Report(exception);
            return default;
        }
    }

    private void Report(Exception exception)
    {
        if (Interlocked.Exchange(ref _faults, 1) == 0)
        {
            onFault(exception);
        }
    }
}
