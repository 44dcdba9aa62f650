using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>
/// Makes operations of the application's activities. It is called on the flows that start and stop them, so an operation is current on
/// the flow of its activity. It must not throw.
/// </summary>
internal sealed class ActivityTracker : IDisposable
{
    // Activities that nobody stops would otherwise fill the list of what is in flight without end.
    private const int MostInFlight = 4096;

    private static int _lastId;

    private readonly OperationTracker _operations;
    private readonly ActivityRule _rule;
    private readonly Func<bool> _isOn;
    private readonly TrackingGuard<string, Activity> _guard;
    private readonly ActivityListener _listener;

    // Of its own: several watches may listen to one activity.
    private readonly string _property = $"MemoryWatch.Operation.{Interlocked.Increment(ref _lastId)}";
    private int _inFlight;
    private volatile bool _isStopped;

    /// <param name="operations">Tracks what becomes of activities.</param>
    /// <param name="rule">Which activities.</param>
    /// <param name="listensTo">Whether the rule is in force for a source.</param>
    /// <param name="isOn">Whether the watch is switched on.</param>
    /// <param name="onFault">Is told of the first time that a function of the user's throws.</param>
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
    /// Makes no operations any more. Those in flight still end with their activities; with the last of them the listener goes.
    /// </summary>
    public void Dispose()
    {
        _isStopped = true;
        EndWithLast(Interlocked.Add(ref _inFlight, 0));
    }

    // The least that makes the activity exist where nobody else wants it: it is neither recorded nor does it collect data, and the
    // decisions of those who record traces stay theirs.
    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> activity) =>
        Wants(activity.Name, activity.TraceId) ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None;

    // Also of activities that others wanted: so it is asked again.
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
