using System.Collections.Concurrent;
using System.Diagnostics;
using DownloaderBot.Chat;
using DownloaderBot.Telegram.Chat;
using DownloaderBot.Tests.Secrets;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Chat.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Telegram.Chat;

/// <summary>The token is in the address of every call, and reaches no log, journal, reply or exception, whatever happens to them.</summary>
public sealed class TelegramSecretTests : IAsyncLifetime
{
    private readonly WaitingTime _time = new();
    private BotApiStandIn _telegram = null!;

    public async Task InitializeAsync() => _telegram = await BotApiStandIn.StartAsync(Canaries.Token);

    public async Task DisposeAsync() => await _telegram.DisposeAsync();

    [Fact]
    public async Task When_all_goes_well()
    {
        await using var talkative = await StartAsync();

        _telegram.Say(7, "/memory");
        await _telegram.HearAsync(7, "MEMORY SNAPSHOT");
        _telegram.Say(7, "/logs");
        await _telegram.HearAsync(7, "of the log");
        await talkative.Bot.StopAsync();

        Canaries.ShouldHoldNone("an exception", talkative.Exceptions);
        await KeptAsync(talkative);
    }

    [Fact]
    public async Task When_somebody_traces_everything()
    {
        var tags = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var talkative = await StartAsync();

        _telegram.Say(7, "/fly");
        await _telegram.HearAsync(7, "I do not know that command.");
        await talkative.Bot.StopAsync();

        tags.Should().Contain(tag => tag.StartsWith("Command"), "the watch's own scopes are traced");
        Canaries.ShouldHoldNone("a trace", string.Join('\n', tags));
    }

    [Fact]
    public async Task When_Telegram_fails_in_every_way_it_can()
    {
        _telegram.Fail("setMyCommands", Faults.Html(500));
        _telegram.Fail("getUpdates", Faults.Html(502), Faults.Cut, Faults.Error(409, "Conflict: terminated by other getUpdates request"));
        _telegram.Fail(
            "sendMessage", Faults.Html(502), Faults.Cut, Faults.TooMany(3), Faults.Html(404), Faults.Error(403, "Forbidden: bot was blocked by the user"));
        await using var talkative = await StartAsync();

        _telegram.Say(7, "/start");
        for (var failures = 1; failures <= 3; failures++)
        {
            await _time.PassBackoffAsync(failures);
        }

        await _time.PassBackoffAsync(1);
        await _time.PassBackoffAsync(2);
        await _time.PassAsync(3);
        await _telegram.CallsAsync("sendMessage", 4);
        _telegram.Say(8, "/start");
        await _telegram.CallsAsync("sendMessage", 5);
        await talkative.Bot.StopAsync();

        talkative.Exceptions.Should().Contain("502").And.Contain("409");
        Canaries.ShouldHoldNone("an exception", talkative.Exceptions);
        await KeptAsync(talkative);
    }

    [Fact]
    public async Task When_an_answer_tells_it()
    {
        _telegram.Fail("sendMessage", Faults.Error(400, $"Bad Request: no method at /bot{Canaries.Token}/sendMessage"));
        _telegram.Fail("sendDocument", Faults.Error(400, $"Bad Request: no method at /bot{Canaries.Token}/sendDocument"));
        await using var talkative = await StartAsync();

        _telegram.Say(7, "/start");
        await _telegram.CallsAsync("sendMessage");
        _telegram.Say(7, "/logs");
        await _telegram.HearAsync(7, "I could not send you logs.txt");
        await talkative.Bot.StopAsync();

        talkative.Exceptions.Should().Contain(Canaries.Token, "the library does talk");
        (await talkative.Bot.ReadLogAsync()).Should().Contain("no method at /bot***/sendMessage");
        await KeptAsync(talkative);
    }

    [Fact]
    public async Task When_there_is_no_server()
    {
        await using var talkative = await StartAsync("http://127.0.0.1:9");

        var sending = talkative.Bot.Get<IChat>().SendAsync(7, "Hello", TestTime.Limit);
        while (!sending.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await sending.Awaiting(s => s).Should().ThrowAsync<BotApiException>();
        await talkative.Bot.StopAsync();

        Canaries.ShouldHoldNone("an exception", talkative.Exceptions);
        await KeptAsync(talkative);
    }

    [Fact]
    public async Task When_it_is_revoked_while_the_bot_runs()
    {
        await using var talkative = await StartAsync();
        await _telegram.CallsAsync("getUpdates");

        _telegram.Token = "4711:another";
        _telegram.Say(7, "/start");
        await talkative.Bot.StoppingAsync();
        await talkative.Bot.StopAsync();

        (await talkative.Bot.ReadLogAsync()).Should().Contain(" FTL Telegram refused the bot token");
        Canaries.ShouldHoldNone("an exception", talkative.Exceptions);
        await KeptAsync(talkative);
    }

    private async Task<TalkativeBot> StartAsync(string? server = null)
    {
        string[] settings = server is null ? TelegramSettings.For(_telegram) : [.. TelegramSettings.For(_telegram), $"--TELEGRAM_BOT_API={server}"];
        return await TalkativeBot.StartAsync(services => services.AddSingleton<TimeProvider>(_time), settings);
    }

    /// <summary>What the bot itself says, and what it sent: the stand-in has the texts.</summary>
    private async Task KeptAsync(TalkativeBot talkative)
    {
        foreach (var call in _telegram.Calls)
        {
            Canaries.ShouldHoldNone("a call", $"{call.Body}");
        }

        await talkative.ShouldHaveKeptItsSecretsAsync();
    }
}
