using System.Diagnostics;

namespace MemoryWatch.Track;

/// <summary>The activity of an operation, from source <c>MemoryWatch</c>; it is created only if there is a listener.</summary>
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
            // Listeners belong to the application. If one throws, only the activity is lost, never the operation.
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

        // Stop makes the previous activity current on whatever flow calls it. A flow with another current activity keeps that one.
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
