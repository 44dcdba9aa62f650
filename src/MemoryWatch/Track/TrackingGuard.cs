namespace MemoryWatch.Track;

/// <summary>
/// Asks the application's functions whether something becomes an operation and what it is about. One that throws costs an operation or its
/// context, never what the application does; the first time is told.
/// </summary>
/// <param name="options">The functions.</param>
/// <param name="onFault">Is told of the first that throws.</param>
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
            // As the summary says.
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
            // As the summary says.
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
