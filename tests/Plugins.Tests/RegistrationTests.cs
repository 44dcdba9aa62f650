using MemoryWatch;

namespace Plugins.Tests;

/// <summary>All plug-ins in a running watch, which has 16 MB and so is over its limit from the first reading on.</summary>
public class RegistrationTests
{
    [Fact]
    public async Task A_running_watch_calls_every_plug_in()
    {
        var cache = new DocumentCache();
        cache.Add("1", new byte[1000]);
        cache.Add("2", new byte[1000]);
        cache.Find("1");
        var webhook = new FakeWebhook();
        using var client = new HttpClient(webhook);
        await using var chat = new ChatWebhook(client, FakeWebhook.Address);
        var alerts = new WebhookAlerts(chat);

        using var watch = MemoryWatcher.Start(builder => builder
            .Configure(options =>
            {
                options.Limit = "16MB";
                options.Interval = TimeSpan.FromMilliseconds(100);
                options.EnableCollectionWhenHigh = false;
                options.TerminationLogPath = string.Empty;
            })
            .AddMetric("Queue", () => 10, metric => metric.Maximum = 10)
            .AddMetricsProvider(new CacheMetrics(cache))
            .AddDetector(new FullQueueDetector("Queue", TimeSpan.FromMilliseconds(300)))
            .AddRelief(new CacheRelief(cache))
            .AddObserver(alerts)
            .AddObserver(new PeriodicSummary(TimeSpan.FromMilliseconds(100), chat.Add)));
        alerts.Report(watch.PreviousRun);
        watch.Fail("Download", "User 5", new IOException("Connection reset"));

        Deadline.Until(() => cache.Totals.Count == 0, "the relief step was asked");
        Deadline.Until(() => watch.Current.Metrics is var metrics && metrics["Cache"] == 0 && metrics["Cache hits"] == 100, "metrics are read again");
        Deadline.Until(() => IsPosted("QUEUE FULL: Queue 10 / 10"), "the detector raised an alert, and an observer received it");
        Deadline.Until(() => IsPosted("Failed: Download 1"), "an observer received entries and snapshots");

        bool IsPosted(string text) => webhook.Posts.Any(post => post.Contains(text));
    }
}
