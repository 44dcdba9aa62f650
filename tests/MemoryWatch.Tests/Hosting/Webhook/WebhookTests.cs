using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Hosting.Webhook;

/// <summary>The webhook over real HTTP: what it sends, and what a server that hangs, refuses or redirects can do to it.</summary>
public sealed class WebhookTests : IAsyncDisposable
{
    private const string Secret = "T0P-5ECRET";

    private readonly LogCapture _log = new();
    private readonly FakeTimeProvider _time = new(new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero));
    private readonly WebhookServer _server = new();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_alert_reaches_the_server_as_the_template_says()
    {
        await using var sender = await StartAsync(o => o.Template = WebhookTemplates.Slack);

        sender.Raise("Queue is \"full\"\nby far");

        using var body = JsonDocument.Parse(await _server.NextAsync());
        body.RootElement.GetProperty("text").GetString().Should().Contain("Queue is \"full\"");
        body.RootElement.EnumerateObject().Should().HaveCount(1);
    }

    [Fact]
    public async Task The_default_template_has_all_that_is_known()
    {
        await using var sender = await StartAsync();

        sender.Raise("Queue is full");

        using var body = JsonDocument.Parse(await _server.NextAsync());
        var names = body.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString());
        names.Keys.Should().BeEquivalentTo("text", "kind", "severity", "zone", "application", "host", "time");
        names.Should().Contain("kind", "odd").And.Contain("severity", "Warning").And.Contain("zone", "Healthy").And.Contain("host", Environment.MachineName);
    }

    [Fact]
    public async Task Alerts_below_the_minimum_are_not_sent()
    {
        await using var sender = await StartAsync(o => o.MinimumSeverity = AlertSeverity.Critical);

        sender.Raise("first", AlertSeverity.Warning);
        sender.Raise("second", AlertSeverity.Critical);

        (await _server.NextAsync()).Should().Contain("second");
    }

    [Fact]
    public async Task A_long_text_is_cut_to_what_every_chat_takes()
    {
        await using var sender = await StartAsync(o => o.Template = WebhookTemplates.Discord);

        sender.Raise(new string('x', 1_898) + "💀💀💀");

        using var body = JsonDocument.Parse(await _server.NextAsync());
        var text = body.RootElement.GetProperty("content").GetString()!;
        text.Length.Should().BeLessThanOrEqualTo(2_000);
        text.Should().EndWith("…").And.NotContain("\uFFFD");
    }

    [Fact]
    public async Task A_server_that_hangs_loses_its_message_after_three_attempts_and_nothing_waits_for_it()
    {
        _server.Answers = async context => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        await using var sender = await StartAsync();

        sender.Raise("lost");
        await UntilAsync(() => _log.Of(LogEvents.WebhookFailed).Any());
        _server.Answers = null;
        sender.Raise("after");

        await UntilAsync(() => _server.Received.Any(body => body.Contains("after", StringComparison.Ordinal)));
        _server.Received.Count(body => body.Contains("lost", StringComparison.Ordinal)).Should().Be(3);
        _log.Of(LogEvents.WebhookFailed).Single().Text.Should().Be(
            "The webhook at 127.0.0.1 did not take a message (no answer within 10 s). Messages that it does not take are dropped; not logged again until it takes one");
        await UntilAsync(() => _log.Of(LogEvents.WebhookRecovered).Any());
        _log.Of(LogEvents.WebhookRecovered).Single().Text.Should().Be("The webhook at 127.0.0.1 takes messages again. Dropped meanwhile: 1");
    }

    [Fact]
    public async Task While_a_server_hangs_the_queue_keeps_the_newest_messages_and_the_observer_never_waits()
    {
        _server.Answers = async context => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        await using var sender = await StartAsync();
        sender.Raise("first");
        await _server.NextAsync();

        for (var i = 0; i < 1_000; i++)
        {
            sender.Raise($"message {i}.");
        }

        _server.Answers = null;
        await UntilAsync(() => _server.Received.Any(body => body.Contains("message 999.", StringComparison.Ordinal)));
        _server.Received.Where(body => body.Contains("message", StringComparison.Ordinal)).Should().HaveCount(32);
    }

    [Theory]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task A_redirect_is_not_followed(HttpStatusCode status)
    {
        _server.Answers = context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        await using var sender = await StartAsync();

        sender.Raise("lost");

        await UntilAsync(() => _log.Of(LogEvents.WebhookFailed).Any());
        _log.Of(LogEvents.WebhookFailed).Single().Text.Should().Contain($"(it answered {(int)status}: a redirect is not followed");
        _server.Paths.Should().Equal($"/hook/{Secret}");
    }

    [Fact]
    public async Task What_the_server_refuses_for_good_is_tried_once()
    {
        _server.Answers = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        await using var sender = await StartAsync();

        sender.Raise("lost");

        await UntilAsync(() => _log.Of(LogEvents.WebhookFailed).Any());
        _server.Received.Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_when_it_says()
    {
        var attempts = new List<DateTimeOffset>();
        _server.Answers = context =>
        {
            attempts.Add(_time.GetUtcNow());
            context.Response.StatusCode = attempts.Count == 1 ? 429 : 204;
            context.Response.Headers.RetryAfter = "17";
            return Task.CompletedTask;
        };
        await using var sender = await StartAsync();

        sender.Raise("later");

        await UntilAsync(() => attempts.Count == 2);
        (attempts[1] - attempts[0]).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(17));
        _log.Of(LogEvents.WebhookFailed).Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_warning()
    {
        await _server.DisposeAsync();
        await using var sender = await StartAsync();

        sender.Raise("lost");

        await UntilAsync(() => _log.Of(LogEvents.WebhookFailed).Any());
        _log.Of(LogEvents.WebhookFailed).Single().Text.Should().Contain("(ConnectionError)");
    }

    [Fact]
    public async Task The_address_is_in_no_log_and_in_no_trace()
    {
        var traced = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = traced.Add,
        };
        ActivitySource.AddActivityListener(listener);
        _server.Answers = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await using var sender = await StartAsync();

        sender.Raise("lost");

        await UntilAsync(() => _log.Of(LogEvents.WebhookFailed).Any());
        _log.Lines.Should().NotContain(line => line.Text.Contains(Secret, StringComparison.Ordinal));
        traced.Where(a => a.Kind == ActivityKind.Client).SelectMany(a => a.TagObjects).Should().NotContain(tag => $"{tag.Value}".Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Url", "hooks.example/T0P-5ECRET", "MemoryWatch:Webhook:Url is not an absolute http or https address. It is not shown, because it may contain a secret.")]
    [InlineData("Url", "ftp://hooks.example/T0P-5ECRET", "MemoryWatch:Webhook:Url is not an absolute http or https address. It is not shown, because it may contain a secret.")]
    [InlineData("Timeout", "00:02:00", "MemoryWatch:Webhook:Timeout is '00:02:00'; it must be 00:00:01 to 00:01:00.")]
    [InlineData("MinimumSeverity", "Loud", "MemoryWatch:Webhook:MinimumSeverity is 'Loud'; it must be Information, Warning or Critical.")]
    [InlineData("Uri", "x", "MemoryWatch:Webhook:Uri is not a setting. There are: Url, Template, MinimumSeverity, Timeout.")]
    [InlineData("Template", "{\"text\": \"{text}\"}", "MemoryWatch:Webhook:Template is no JSON once its placeholders are replaced by strings, quotes included*")]
    public async Task A_setting_that_is_not_allowed_stops_the_start(string name, string value, string message)
    {
        var start = () => StartAsync(configuration: new() { [$"MemoryWatch:Webhook:{name}"] = value });

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage(message);
    }

    [Fact]
    public async Task Without_an_address_nothing_is_sent()
    {
        await using var sender = await StartAsync(configuration: new() { ["MemoryWatch:Webhook:Url"] = "" });

        sender.Raise("nobody");

        await sender.StopAsync();
        _server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task What_waits_at_the_stop_is_sent()
    {
        await using var sender = await StartAsync();

        sender.Raise("last words");
        await sender.StopAsync();

        _server.Received.Should().ContainSingle().Which.Should().Contain("last words");
    }

    /// <summary>Lets time pass until something has happened, slowly enough for what needs real time meanwhile.</summary>
    private async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            i.Should().BeLessThan(300, "it happens in the end");
            await Task.Run(() => SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(0.1)));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<Sender> StartAsync(Action<WebhookOptions>? configure = null, Dictionary<string, string?>? configuration = null)
    {
        var settings = new Dictionary<string, string?> { ["MemoryWatch:Webhook:Url"] = $"{_server.Address}/hook/{Secret}" };
        foreach (var (key, value) in configuration ?? [])
        {
            settings[key] = value;
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddProvider(new Everything(_log)).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(_time);
        var detector = new Detector();
        builder.Services.AddMemoryWatch(o => o.PeriodicInterval = TimeSpan.Zero).AddDetector(detector).AddWebhook(configure);
        var host = builder.Build();
        await host.StartAsync();
        return new(host, detector);
    }

    /// <summary>Raises the alerts that the test asks for, at once instead of at the next tick.</summary>
    private sealed class Sender(IHost host, Detector detector) : IAsyncDisposable
    {
        public void Raise(string text, AlertSeverity severity = AlertSeverity.Warning) =>
            host.Services.GetRequiredService<MemoryWatch.Hosting.Webhook.WebhookObserver>().OnAlert(new CustomAlert("odd", severity, text), detector.Last);

        public Task StopAsync() => host.StopAsync();

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    /// <summary>Gives the lines of all categories to the log, those of the HTTP client included.</summary>
    private sealed class Everything(LogCapture log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }

    private sealed class Detector : IMemoryDetector
    {
        public MemorySnapshot Last { get; private set; } = MemorySnapshot.Empty;

        public MemoryAlert? Inspect(MemorySnapshot snapshot)
        {
            Last = snapshot;
            return null;
        }
    }
}
