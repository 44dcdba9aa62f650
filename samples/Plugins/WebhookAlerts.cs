using MemoryWatch;

namespace Plugins;

/// <summary>Posts warnings, and how the previous run ended, to a chat. Only queues the texts: a webhook that hangs delays nothing.</summary>
public sealed class WebhookAlerts(ChatWebhook webhook) : IMemoryObserver
{
    public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
    {
        if (alert.Severity >= AlertSeverity.Warning)
        {
            webhook.Add(Lines([alert.Describe(), snapshot.Usage.ToString(), alert.Cause?.Describe()]));
        }
    }

    /// <summary>
    /// Posts how the previous run ended, unless it ended cleanly. The watch does not hand it to observers: call this once the watch has started.
    /// </summary>
    /// <param name="run">The watch's <see cref="IMemoryWatch.PreviousRun"/>.</param>
    public void Report(PreviousRun? run)
    {
        if (run is { Verdict: not RunVerdict.Clean })
        {
            webhook.Add(Lines([$"Previous run: {run}", .. run.Evidence.Select(e => e.Describe()), run.Cause?.Describe()]));
        }
    }

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.Where(line => line is not null));
}
