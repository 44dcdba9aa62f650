using MemoryWatch;

namespace Plugins.Tests;

public class WebhookAlertsTests
{
    private static readonly MemorySnapshot Snapshot = new()
    {
        Zone = MemoryZone.Elevated,
        Usage = new() { UsedBytes = 384 << 20, LimitBytes = 512 << 20, Source = LimitSource.Container },
    };

    private static readonly MemoryCause Cause = new()
    {
        Window = TimeSpan.FromSeconds(12),
        RiseBytes = 121 << 20,
        ResidentChangeBytes = 121 << 20,
        ManagedChangeBytes = 121 << 20,
        AllocatedBytes = 128 << 20,
        UnattributedBytes = 10 << 20,
        Operations = [new() { Name = "Download", Context = "User 5", OperationId = 7, Count = 1, AllocatedBytes = 118 << 20, Share = 0.92 }],
    };

    private readonly FakeWebhook _webhook = new();

    [Fact]
    public async Task A_spike_is_posted_with_the_usage_and_its_cause()
    {
        var posts = await PostsOf(alerts => alerts.OnAlert(new SpikeAlert(121 << 20, TimeSpan.FromMinutes(1), 50 << 20) { Cause = Cause }, Snapshot));

        posts.Should().Equal(
            """
            ⚠️ MEMORY SPIKE DETECTED: +121.0 MB increase!
            384.0 MB of 512 MB used (75.0%)
            """ + $"\n{Cause.Describe()}");
        posts[0].Should().Contain("Download (User 5) allocated 118.0 MB");
    }

    [Fact]
    public async Task An_alert_without_a_cause_has_no_line_for_one()
    {
        var posts = await PostsOf(alerts => alerts.OnAlert(new HighMemoryAlert(Snapshot.Usage, 350 << 20), Snapshot));

        posts.Should().ContainSingle().Which.Split('\n').Should().HaveCount(2);
    }

    [Fact]
    public async Task What_is_only_good_to_know_is_not_posted()
    {
        var posts = await PostsOf(alerts =>
        {
            alerts.OnAlert(new ZoneAlert(MemoryZone.Elevated, MemoryZone.Healthy, Snapshot.Usage), Snapshot);
            alerts.OnAlert(new ZoneAlert(MemoryZone.Critical, MemoryZone.Elevated, Snapshot.Usage), Snapshot);
            alerts.OnAlert(new CustomAlert("disk_room", AlertSeverity.Information, "Much room on the disk"), Snapshot);
        });

        posts.Should().ContainSingle().Which.Should().Contain("CRITICAL");
    }

    [Fact]
    public async Task A_previous_run_that_was_killed_is_posted_with_the_evidence_and_the_cause()
    {
        var run = new PreviousRun
        {
            Verdict = RunVerdict.Killed,
            LastSeen = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero),
            Lifetime = TimeSpan.FromSeconds(90),
            LastSnapshot = Snapshot,
            Evidence = [new() { Kind = RunEvidenceKind.GroupKills, CountBefore = 0, CountNow = 1 }],
            Cause = Cause,
        };

        var posts = await PostsOf(alerts => alerts.Report(run));

        posts.Should().ContainSingle().Which.Split('\n').Should().Equal(
            "Previous run: Killed at 2026-11-25 03:00:00Z after 90.0 s, 384.0 MB of 512 MB used (75.0%), 0 in flight",
            run.Evidence[0].Describe(),
            Cause.Describe());
    }

    [Fact]
    public async Task Nothing_is_posted_of_a_run_that_ended_cleanly_or_where_there_was_none()
    {
        var posts = await PostsOf(alerts =>
        {
            alerts.Report(new() { Verdict = RunVerdict.Clean });
            alerts.Report(MemoryWatcher.None.PreviousRun);
        });

        posts.Should().BeEmpty();
    }

    /// <summary>Has the alerts posted, to the last one.</summary>
    private async Task<IReadOnlyList<string>> PostsOf(Action<WebhookAlerts> report)
    {
        using var client = new HttpClient(_webhook);
        await using (var chat = new ChatWebhook(client, FakeWebhook.Address))
        {
            report(new(chat));
        }

        return _webhook.Posts;
    }
}
