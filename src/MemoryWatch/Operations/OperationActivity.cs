using System.Diagnostics;
using MemoryWatch.Values;

namespace MemoryWatch.Operations;

/// <summary>The trace of an operation: a span of source <c>MemoryWatch</c>, made only when somebody listens.</summary>
internal static class OperationActivity
{
    private static readonly ActivitySource Source = new(TelemetryNames.ActivitySource);

    public static Activity? Start(string name, in OperationContext context)
    {
        if (!Source.HasListeners() || Source.StartActivity(name) is not { } activity)
        {
            return null;
        }

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
        activity.Stop();
        if (current != activity)
        {
            Activity.Current = current;
        }
    }
}
