using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>The trace of an operation: a span of source <c>MemoryWatch</c>, made only when somebody listens.</summary>
internal static class OperationActivity
{
    private static readonly ActivitySource Source = new(TelemetryNames.ActivitySource);

    public static Activity? Start(string name, in OperationContext context)
    {
        try
        {
            return Source.HasListeners() && Source.StartActivity(name) is { } activity ? Describe(activity, context) : null;
        }
        catch (Exception)
        {
            // A listener is the application's; one that throws costs its trace, never the operation.
            return null;
        }
    }

    public static void End(Activity? activity, in JournalEntry entry)
    {
        if (activity is null)
        {
            return;
        }

        if (entry.ChangeBytes is { } change)
        {
            activity.SetTag(TelemetryNames.ChangeTag, change);
        }

        if (entry.Outcome != OperationOutcome.Completed)
        {
            activity.SetStatus(ActivityStatusCode.Error, entry.Error ?? entry.Outcome.ToString());
        }

        // Stopping makes the one before it current, on whatever flow that happens: one that has another keeps it.
        var current = Activity.Current;
        try
        {
            activity.Stop();
        }
        catch (Exception)
        {
            // As in Start.
        }

        if (current != activity)
        {
            Activity.Current = current;
        }
    }

    private static Activity Describe(Activity activity, in OperationContext context)
    {
        if (context.Text.Length > 0)
        {
            activity.SetTag(TelemetryNames.ContextTag, context.Text);
        }

        foreach (var (key, value) in context.Values)
        {
            activity.SetTag(key, value);
        }

        return activity;
    }
}
