using DownloaderBot.Local;
using DownloaderBot.Logins;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Logins;

public sealed class LoginTests
{
    [Fact]
    public async Task A_phone_number_and_a_code_with_spaces_log_in_and_connect()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(1);

        (await user.AskAsync("/login +1 (202) 555-0101", TestTime.Limit)).Should().Contain("/verify 1 2 3 4 5");
        (await user.AskAsync($"/verify {await user.ReadCodeAsync(TestTime.Limit)}", TestTime.Limit)).Should().StartWith("You are logged in.");

        bot.Sessions.Count.Should().Be(1);
        bot.Get<LoginDesk>().Count.Should().Be(0);
        (await user.AskAsync("/login +12025550101", TestTime.Limit)).Should().Contain("already");
    }

    [Fact]
    public async Task An_account_with_a_password_asks_for_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(2);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);

        (await user.AskAsync($"/verify {await user.ReadCodeAsync(TestTime.Limit)}", TestTime.Limit)).Should().Contain("/password");
        (await user.AskAsync("/password wrong", TestTime.Limit)).Should().Be("That password is wrong. Attempts left: 2.");
        (await user.AskAsync("/password swordfish", TestTime.Limit)).Should().StartWith("You are logged in.");
    }

    [Fact]
    public async Task A_code_in_one_piece_is_cancelled_as_Telegram_cancels_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(1);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);
        var code = (await user.ReadCodeAsync(TestTime.Limit)).Replace(" ", string.Empty);

        (await user.AskAsync($"/verify {code}", TestTime.Limit)).Should().Contain("in one piece");

        bot.Get<LoginDesk>().Count.Should().Be(0);
        (await bot.LogInAsync(user)).Should().StartWith("You are logged in.");
    }

    [Theory]
    [InlineData("1 2 3 4 5", "12345")]
    [InlineData(" 1-2-3-4-5 ", "12345")]
    [InlineData("12345", "12345")]
    [InlineData("1.2_3,4 5 6", "123456")]
    [InlineData("", null)]
    [InlineData("1 2 3", null)]
    [InlineData("1 2 3 4 x", null)]
    [InlineData("1 2 3 4 5 6 7 8 9", null)]
    [InlineData("١ ٢ ٣ ٤ ٥", "12345")]
    [InlineData("۱۲۳۴۵", "12345")]
    [InlineData("１ ２ ３ ４ ５", "12345")]
    [InlineData("१ २ ३ ४ ५", "12345")]
    [InlineData("𝟏 𝟐 𝟑 𝟒 𝟓", "12345")]
    [InlineData("①②③④⑤", "12345")]
    [InlineData("1️⃣2️⃣3️⃣4️⃣5️⃣", "12345")]
    [InlineData("\u200E1\u200B 2\u00A03\u20604\u00AD5\u200F", "12345")]
    [InlineData("1\u31642\u28003 4 5", "12345")]
    [InlineData("1—2–3−4·5.", "12345")]
    [InlineData("<1 2 3 4 5>", "12345")]
    [InlineData("1 2 3 4 ½", null)]
    [InlineData("https://t.me/login/12345", null)]
    public void A_code_is_understood_however_it_is_typed(string typed, string? code) => LoginCode.Normalize(typed).Should().Be(code);

    [Theory]
    [InlineData("+12025550123", "+12025550123")]
    [InlineData(" +49 (157) 123-456.78 ", "+4915712345678")]
    [InlineData("+١٢٠٢٥٥٥٠١٢٣", "+12025550123")]
    [InlineData("＋１（２０２）５５５－０１２３", "+12025550123")]
    [InlineData("\u202A+1 202\u2011555\u20110123\u202C", "+12025550123")]
    [InlineData("\u200E+1\u00A0202\u200B555–01−23", "+12025550123")]
    [InlineData("+12025550123;+12025550124", null)]
    [InlineData("+12025550123#4", null)]
    [InlineData("12025550123", null)]
    [InlineData("+123", null)]
    [InlineData("+0123456789", null)]
    [InlineData("+1234567890123456", null)]
    [InlineData("+1202555012a", null)]
    public void A_phone_number_needs_its_country_code(string typed, string? phone) => PhoneNumber.Normalize(typed).Should().Be(phone);

    [Theory]
    [InlineData("/login", "/login +12025550123")]
    [InlineData("/login 123", "/login +12025550123")]
    [InlineData("/verify", "/verify 1 2 3 4 5")]
    [InlineData("/verify five", "/verify 1 2 3 4 5")]
    [InlineData("/password", "/password")]
    [InlineData("/verify 1 2 3 4 5", "not logging in right now")]
    [InlineData("/password secret", "not logging in right now")]
    [InlineData("/cancel", "not logging in right now")]
    public async Task What_does_not_fit_gets_a_hint(string typed, string hint)
    {
        await using var bot = await RunningBot.StartAsync();

        (await bot.User(1).AskAsync(typed, TestTime.Limit)).Should().Contain(hint);
    }

    [Fact]
    public async Task A_code_that_is_wrong_too_often_ends_the_login()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:LoginAttempts=2"], services => services.AddSingleton(CodeOf("98713")));
        var user = bot.User(1);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);

        (await user.AskAsync("/verify 1 1 1 1 1", TestTime.Limit)).Should().Be("That code is wrong. Attempts left: 1.");
        (await user.AskAsync("/verify 2 2 2 2 2", TestTime.Limit)).Should().Contain("too often");

        (await user.AskAsync("/verify 9 8 7 1 3", TestTime.Limit)).Should().Contain("not logging in right now", "the right code comes too late");
        bot.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_password_before_its_turn_changes_nothing()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(2);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);
        var code = await user.ReadCodeAsync(TestTime.Limit);

        (await user.AskAsync("/password swordfish", TestTime.Limit)).Should().Contain("/verify");
        (await user.AskAsync($"/verify {code}", TestTime.Limit)).Should().Contain("/password");
        (await user.AskAsync($"/verify {code}", TestTime.Limit)).Should().Contain("/password");
    }

    [Fact]
    public async Task A_login_that_waits_too_long_is_given_up_and_its_user_told()
    {
        var time = new FakeTimeProvider();
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<TimeProvider>(time));
        var user = bot.User(1);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);
        var code = await user.ReadCodeAsync(TestTime.Limit);

        time.Advance(TimeSpan.FromMinutes(4.9));
        bot.Get<LoginDesk>().Count.Should().Be(1);
        time.Advance(TimeSpan.FromMinutes(0.1));

        await user.HearAsync("timed out", TestTime.Limit);
        bot.Get<LoginDesk>().Count.Should().Be(0);
        (await user.AskAsync($"/verify {code}", TestTime.Limit)).Should().Contain("not logging in right now");
    }

    [Fact]
    public async Task There_is_one_login_per_user_and_cancel_ends_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(1);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);

        (await user.AskAsync($"/login {user.Phone}", TestTime.Limit)).Should().Contain("/cancel");
        (await user.AskAsync("/cancel", TestTime.Limit)).Should().Be("Your login is cancelled.");

        bot.Get<LoginDesk>().Count.Should().Be(0);
        (await bot.LogInAsync(user)).Should().StartWith("You are logged in.");
    }

    [Fact]
    public async Task Few_log_in_at_a_time_and_nobody_has_codes_sent_without_end()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxPendingLogins=1", "--Bot:LoginsPerHour=2"]);
        var (first, second) = (bot.User(1), bot.User(3));
        await first.AskAsync($"/login {first.Phone}", TestTime.Limit);

        (await second.AskAsync($"/login {second.Phone}", TestTime.Limit)).Should().Contain("Many people");

        await first.AskAsync("/cancel", TestTime.Limit);
        await first.AskAsync($"/login {first.Phone}", TestTime.Limit);
        await first.AskAsync("/cancel", TestTime.Limit);
        (await first.AskAsync($"/login {first.Phone}", TestTime.Limit)).Should().Contain("too many codes");
    }

    [Fact]
    public async Task With_every_session_in_use_a_user_is_logged_in_all_the_same()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxSessions=1"]);
        using var busy = await bot.Sessions.AcquireAsync(99, TestTime.Limit);

        (await bot.LogInAsync(bot.User(1))).Should().StartWith("You are logged in.");

        bot.Sessions.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_stop_gives_up_the_logins_that_wait()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(1);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);

        await bot.StopAsync();

        bot.Get<LoginDesk>().Count.Should().Be(0);
    }

    private static Func<IServiceProvider, LocalLogins> CodeOf(string code) => provider =>
        new(provider.GetRequiredService<LocalConversations>(), provider.GetRequiredService<LocalOptions>()) { NextCode = () => code };
}
