using DownloaderBot.Chat;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using DownloaderBot.Watching;
using MemoryWatch;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Watching;

public sealed class AlertTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Every_admin_is_told_of_an_alert_with_the_snapshot_that_raised_it()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:AdminIds=7,9", "--MemoryWatch:Limit=20MB"]);

        foreach (var admin in new[] { bot.User(7), bot.User(9) })
        {
            (await admin.HearAsync("LIMIT IMMINENT", TestTime.Limit)).Text.Should().Contain("📊 MEMORY SNAPSHOT").And.Contain("RAM Usage: ");
        }
    }

    [Fact]
    public async Task An_admin_who_cannot_be_reached_keeps_the_news_from_nobody()
    {
        await using var bot = await RunningBot.StartAsync(
            ["--Bot:AdminIds=7,9", "--MemoryWatch:Limit=20MB"],
            services => services.AddSingleton<IChat>(provider =>
            {
                provider.GetRequiredService<LocalConversations>().Of(7).IsGone = true;
                return provider.GetRequiredService<LocalChat>();
            }));

        await bot.User(9).HearAsync("LIMIT IMMINENT", TestTime.Limit);
    }

    [Fact]
    public async Task A_chat_that_hangs_does_not_hold_up_the_watch()
    {
        var gate = new Gate();
        await using var bot = await RunningBot.StartAsync(
            ["--Bot:AdminIds=7", "--MemoryWatch:Limit=20MB", "--MemoryWatch:Interval=00:00:00.1"],
            services => services.AddSingleton<IChat>(provider =>
                new HookedChat(provider.GetRequiredService<LocalChat>()) { BeforeSend = () => gate.PassAsync() }));
        await gate.Reached;

        var seen = bot.Watch.Current.Time;
        var limit = TestTime.Limit;
        while (bot.Watch.Current.Time <= seen)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        bot.User(7).Conversation.Messages.Should().BeEmpty();
        gate.Open();
        await bot.User(7).HearAsync("LIMIT IMMINENT", TestTime.Limit);
    }

    [Fact]
    public void One_of_a_kind_is_told_per_interval_with_a_count_of_what_was_left_out()
    {
        var alerts = Observer();
        for (var i = 0; i < 4; i++)
        {
            Raise(alerts, "spike");
        }

        _time.Advance(TimeSpan.FromMinutes(5));
        Raise(alerts, "spike");
        _time.Advance(TimeSpan.FromMinutes(5));
        Raise(alerts, "spike");

        var texts = Texts(alerts);
        texts.Should().HaveCount(3);
        texts[0].Should().StartWith("A spike!\n📊 MEMORY SNAPSHOT");
        texts[1].Should().StartWith("A spike!\n(3 more like this since the last message)\n");
        texts[2].Should().StartWith("A spike!\n📊");
    }

    [Fact]
    public void Another_kind_and_a_graver_one_are_told_at_once()
    {
        var alerts = Observer();
        Raise(alerts, "zone");
        Raise(alerts, "spike");
        Raise(alerts, "zone", AlertSeverity.Critical);

        Texts(alerts).Should().HaveCount(3);
    }

    [Fact]
    public void What_nobody_fetches_is_bounded_and_counted()
    {
        var alerts = Observer();
        for (var i = 0; i < 100; i++)
        {
            Raise(alerts, "spike");
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        Texts(alerts).Should().HaveCount(16);
        Raise(alerts, "spike");
        Texts(alerts).Should().ContainSingle().Which.Should().Contain("(84 more like this");
    }

    [Fact]
    public void Without_admins_nothing_is_kept()
    {
        var alerts = new AlertObserver(new BotOptions(), _time);

        Raise(alerts, "spike");

        Texts(alerts).Should().BeEmpty();
    }

    private static void Raise(AlertObserver alerts, string kind, AlertSeverity severity = AlertSeverity.Warning) =>
        alerts.OnAlert(new CustomAlert(kind, severity, $"A {kind}!"), new() { Operation = "Test", Zone = MemoryZone.Elevated });

    private static List<string> Texts(AlertObserver alerts)
    {
        var texts = new List<string>();
        while (alerts.Texts.TryRead(out var text))
        {
            texts.Add(text);
        }

        return texts;
    }

    private AlertObserver Observer() => new(
        BotOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Bot:AdminIds", "1")]).Build()), _time);
}
