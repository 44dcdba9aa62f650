using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>
/// Creates operations from the application's activities. .NET calls it on the flows that start and stop them, so an operation is current on the
/// flow of its activity. It must not throw.
/// </summary>
internal sealed class ActivityTracker : IDisposable
{
    // Otherwise activities that are never stopped would fill the list of operations in flight without limit.
    private const int MostInFlight = 4096;

    private static int _lastId;

    private readonly OperationTracker _operations;
    private readonly ActivityRule _rule;
    private readonly Func<bool> _isOn;
    private readonly TrackingGuard<string, Activity> _guard;
    private readonly ActivityListener _listener;

    // Unique for each tracker, because several watches may listen to one activity.
    private readonly string _property = $"MemoryWatch.Operation.{Interlocked.Increment(ref _lastId)}";
    private int _inFlight;
    private volatile bool _isStopped;

    /// <param name="operations">Tracks the operations.</param>
    /// <param name="rule">Selects the activities.</param>
    /// <param name="listensTo">Returns whether the rule applies to a source.</param>
    /// <param name="isOn">Returns whether the watch is enabled.</param>
    /// <param name="onFault">Receives the first exception that one of the user's functions throws.</param>
    public ActivityTracker(
        OperationTracker operations, ActivityRule rule, Func<ActivitySource, bool> listensTo, Func<bool> isOn, Action<Exception> onFault)
    {
        (_operations, _rule, _isOn, _guard) = (operations, rule, isOn, new(rule.Options, onFault));
        _listener = new()
        {
            ShouldListenTo = source => !_isStopped && listensTo(source),
            Sample = Sample,
            ActivityStarted = OnStarted,
            ActivityStopped = OnStopped,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>
    /// Stops creating operations. Operations in flight still end with their activities; the listener is disposed with the last of them.
    /// </summary>
    public void Dispose()
    {
        _isStopped = true;
        EndWithLast(Interlocked.Add(ref _inFlight, 0));
    }

    // The minimum that makes .NET create the activity if no other listener wants it. The activity is not recorded and collects no data, and listeners
    // that record traces still decide for themselves.
    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> activity) =>
        Wants(activity.Name, activity.TraceId) ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None;

    // Checks the filter again, because this is also called for activities that only other listeners wanted.
    private void OnStarted(Activity activity)
    {
        if (!Wants(activity.OperationName, activity.TraceId))
        {
            return;
        }

        if (Interlocked.Increment(ref _inFlight) > MostInFlight)
        {
            EndWithLast(Interlocked.Decrement(ref _inFlight));
            return;
        }

        activity.SetCustomProperty(
            _property, _operations.Start(activity.OperationName, _guard.ContextOf(activity), _rule.Options.Verbosity, hasActivity: false));
    }

    private void OnStopped(Activity activity)
    {
        if (activity.GetCustomProperty(_property) is not Operation scope)
        {
            return;
        }

        activity.SetCustomProperty(_property, null);
        if (activity.Status == ActivityStatusCode.Error)
        {
            scope.Fail(activity.StatusDescription ?? "Error");
        }

        scope.Dispose();
        EndWithLast(Interlocked.Decrement(ref _inFlight));
    }

    private void EndWithLast(int inFlight)
    {
        if (_isStopped && inFlight == 0)
        {
            _listener.Dispose();
        }
    }

    private bool Wants(string name, ActivityTraceId trace) => !_isStopped && _isOn() && _rule.IsSampled(trace) && _guard.Wants(name);
}
