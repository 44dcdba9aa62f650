using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Local;
using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Secrets;

/// <summary>Codes, passwords, phone numbers and keys reach no log, journal, reply or exception, whatever happens.</summary>
public sealed class SecretTests
{
    private static readonly string[] Login = [$"/login {Canaries.Phone}", $"/verify {Canaries.SpacedCode}", $"/password {Canaries.Password}"];

    [Fact]
    public void A_canary_is_found_where_there_is_one()
    {
        var search = () => Canaries.ShouldHoldNone("a text", $"the code is {Canaries.SpacedCode}.");

        search.Should().Throw<Exception>();
    }

    [Fact]
    public async Task When_all_goes_well()
    {
        await using var talkative = await TalkativeBot.StartAsync();
        var user = talkative.Bot.User(1);

        await AskAllAsync(user, Login);

        user.Conversation.Messages[^1].Text.Should().StartWith("You are logged in.");
        user.Conversation.Typed.Should().BeEmpty("what carried a secret is deleted");
        await KeptAllAsync(talkative, user);
    }

    [Theory]
    [InlineData("wrong answers", "/login +4915798765432", "/verify 1 1 1 1 1", "/verify 9 8 7 1 3", "/password canary-wrong", "/password canary-wrong2", "/password canary-wrong3")]
    [InlineData("a code in one piece", "/login +4915798765432", "/verify 98713", "/verify 9 8 7 1 3")]
    [InlineData("answers in the wrong place", "/login +4915798765432", "/password 98713", "/login canary-passw0rd", "/verify canary-passw0rd", "/login 98713")]
    [InlineData("answers without a login", "/verify 98713", "/password canary-passw0rd", "/cancel canary")]
    [InlineData("typing errors while logging in", "/login +4915798765432", "/verfy 9 8 7 1 3", "9 8 7 1 3", "canary-passw0rd", "/pasword canary-passw0rd")]
    [InlineData("giving up", "/login +4915798765432", "/cancel", "/verify 9 8 7 1 3")]
    public async Task When_users_err(string how, params string[] typed)
    {
        await using var talkative = await TalkativeBot.StartAsync();
        var user = talkative.Bot.User(1);

        await AskAllAsync(user, typed);

        user.Conversation.Typed.Should().NotContain(text => !text.StartsWith("/cancel"), how);
        await KeptAllAsync(talkative, user);
    }

    [Fact]
    public async Task When_a_secret_follows_any_command_there_is()
    {
        await using var talkative = await TalkativeBot.StartAsync();
        var (user, admin) = (await talkative.Bot.LoggedInAsync(1), talkative.Bot.User(7));
        string[] secrets = [Canaries.Phone, Canaries.Code, Canaries.SpacedCode, Canaries.Password, Canaries.Token];
        var names = talkative.Bot.Get<IEnumerable<Command>>().Select(c => c.Name).Where(name => name != "logs").Append("unknown");

        foreach (var name in names)
        {
            await AskAllAsync(user, secrets.Select(secret => $"/{name} {secret}"));
            await AskAllAsync(admin, secrets.Select(secret => $"/{name} {secret}"));
        }

        await KeptAllAsync(talkative, user, admin);
    }

    [Fact]
    public async Task When_the_platform_fails_at_once()
    {
        var platform = new TalkingPlatform { FailsAtBegin = true };
        await using var talkative = await TalkativeBot.StartAsync(services => services.AddSingleton<IUserLogins>(platform));
        var user = talkative.Bot.User(1);

        await AskAllAsync(user, Login);

        user.Conversation.Messages.First(m => !m.IsDeleted).Text.Should().Contain("went wrong");
        talkative.Exceptions.Should().Contain(Canaries.Phone, "the platform did talk");
        await talkative.ShouldHaveKeptItsSecretsAsync(user);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_platform_fails_at_an_answer_and_cannot_even_close(bool atCode)
    {
        var platform = new TalkingPlatform { FailsAtAnswer = atCode };
        await using var talkative = await TalkativeBot.StartAsync(services => services.AddSingleton<IUserLogins>(platform));
        var user = talkative.Bot.User(1);

        await AskAllAsync(user, Login);

        talkative.Exceptions.Should().Contain(atCode ? Canaries.Code : Canaries.Password).And.Contain(Canaries.Token, "the platform did talk");
        (await talkative.Bot.ReadLogAsync()).Should().Contain("InvalidOperationException, whose text is left out").And.Contain("did not end cleanly");
        await talkative.ShouldHaveKeptItsSecretsAsync(user);
    }

    [Fact]
    public async Task When_a_session_cannot_be_connected_or_ended()
    {
        var platform = new TalkingPlatform();
        await using var talkative = await TalkativeBot.StartAsync(
            services => services.AddSingleton<IUserLogins>(platform).AddSingleton<IUserSessionFactory>(platform));
        var user = await talkative.Bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await user.HearAsync("went wrong", TestTime.Limit);
        await AskAllAsync(user, ["/logout"]);
        await talkative.Bot.ShouldBeCleanAsync(user);

        talkative.Exceptions.Should().Contain(Canaries.SessionKey, "the platform did talk");
        await talkative.ShouldHaveKeptItsSecretsAsync(user);
    }

    [Fact]
    public async Task When_a_login_times_out_or_the_bot_stops_in_the_middle()
    {
        var time = new FakeTimeProvider();
        await using var talkative = await TalkativeBot.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        var (late, other) = (talkative.Bot.User(1), talkative.Bot.User(2));
        await AskAllAsync(late, Login[..2]);
        time.Advance(TimeSpan.FromMinutes(5));
        await late.HearAsync("timed out", TestTime.Limit);
        await AskAllAsync(other, Login[..1]);

        await talkative.Bot.StopAsync();

        await KeptAllAsync(talkative, late, other);
    }

    [Fact]
    public async Task When_a_message_cannot_be_deleted_its_user_is_asked_to()
    {
        await using var talkative = await TalkativeBot.StartAsync(services => services.AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>())
            {
                BeforeDelete = () => throw new IOException($"cannot delete '/verify {Canaries.Code}' with {Canaries.Token}"),
            }));
        var user = talkative.Bot.User(1);

        await user.TypeAsync(Login[0], TestTime.Limit);
        await user.HearAsync("delete it yourself", TestTime.Limit);
        await user.HearAsync("with spaces", TestTime.Limit);

        await talkative.ShouldHaveKeptItsSecretsAsync(user);
    }

    [Fact]
    public void What_was_typed_is_in_no_text_form_of_it()
    {
        Canaries.ShouldHoldNone("a message", new IncomingMessage(1, 2, Canaries.Password).ToString());
        Canaries.ShouldHoldNone("a call", new CommandCall(new(1), Canaries.Password, []).ToString());
    }

    private static async Task AskAllAsync(VirtualUser user, IEnumerable<string> typed)
    {
        foreach (var text in typed)
        {
            await user.AskAsync(text, TestTime.Limit);
        }
    }

    private static async Task KeptAllAsync(TalkativeBot talkative, params VirtualUser[] users)
    {
        Canaries.ShouldHoldNone("an exception", talkative.Exceptions);
        await talkative.ShouldHaveKeptItsSecretsAsync(users);
    }
}
