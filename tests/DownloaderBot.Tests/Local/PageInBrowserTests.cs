using DownloaderBot.Tests.Support;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace DownloaderBot.Tests.Local;

/// <summary>The page as a person uses it. Where there is no Chromium these say so and pass.</summary>
public sealed class PageInBrowserTests(ITestOutputHelper output)
{
    /// <summary>Where pictures of the page go, for a person to look at; none are taken where it is not set.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PAGE_PICTURES");

    [Theory]
    [InlineData(ColorScheme.Light, 1200)]
    [InlineData(ColorScheme.Dark, 380)]
    public async Task One_person_plays_two_users_and_sees_replies_edits_and_files(ColorScheme colors, int width)
    {
        await using var bot = await RunningBot.StartAsync();
        await using var browser = await Browser.TryStartAsync(output, colors, width);
        if (browser is null)
        {
            return;
        }

        var (page, complaints) = await browser.OpenAsync(bot.Address);
        await Expect(page.GetByText("Connected")).ToBeVisibleAsync();
        await bot.LoggedInAsync(1);
        await SendAsync(page, "/dl https://t.me/demo/1");
        await Expect(page.GetByText("Done: demo-1.bin (1.0 MB)")).ToBeVisibleAsync();
        await Expect(page.GetByText("edited")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Save" })).ToBeVisibleAsync();
        await bot.EndedAsync(bot.User(1));
        await SendAsync(page, "/dl https://t.me/demo/3");
        await Expect(page.GetByText("received and counted, not kept")).ToBeVisibleAsync();
        await SendAsync(page, "/help");
        await Expect(page.GetByText("/canceldownload - end your download")).ToBeVisibleAsync();
        await TakePictureAsync(page, $"{colors}-{width}-first");

        await page.GetByPlaceholder("Such as 4").FillAsync("42");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "User 42" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing yet")).ToBeVisibleAsync();
        await TakePictureAsync(page, $"{colors}-{width}-empty");
        await SendAsync(page, "/queue");
        await Expect(page.GetByText("You have no download.")).ToBeVisibleAsync();

        bot.Conversations.Of(1).Add("For the other one");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "User 1" }).Locator(".badge")).ToHaveTextAsync("1");
        await TakePictureAsync(page, $"{colors}-{width}-second");
        await page.Keyboard.PressAsync("Alt+1");
        await Expect(page.GetByText("For the other one")).ToBeVisibleAsync();
        complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task What_others_wrote_is_text_and_never_markup()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var browser = await Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        const string Hostile = "<img src=x onerror=\"document.title='caught'\"><script>document.title='caught'</script>";
        bot.Conversations.Of(1).Add(Hostile);
        bot.Conversations.Of(1).Add(Hostile, new(Hostile, 5, "none"));
        var (page, complaints) = await browser.OpenAsync(bot.Address);

        await Expect(page.GetByText("document.title").First).ToBeVisibleAsync();
        await SendAsync(page, Hostile);
        await Expect(page.GetByText("I do not know that command")).ToBeVisibleAsync();

        (await page.TitleAsync()).Should().StartWith("Local chat");
        (await page.Locator("#messages img, #messages script").CountAsync()).Should().Be(0);
        complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task What_the_bot_deletes_is_gone_from_sight_and_from_what_the_arrow_brings_back()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var browser = await Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var (page, _) = await browser.OpenAsync(bot.Address);
        await SendAsync(page, "/start");
        await Expect(page.GetByText("I download the file")).ToBeVisibleAsync();
        await SendAsync(page, "/verify 12345");
        await Expect(page.GetByText("You are not logging in right now")).ToBeVisibleAsync();

        await Expect(page.GetByText("Deleted by the bot")).ToBeVisibleAsync();
        await Expect(page.GetByText("/verify 12345")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("/start");
    }

    [Fact]
    public async Task A_bot_that_stops_is_told_and_does_not_wait_for_the_page()
    {
        await using var bot = await RunningBot.StartAsync();
        await using var browser = await Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var (page, _) = await browser.OpenAsync(bot.Address);
        await Expect(page.GetByText("Connected")).ToBeVisibleAsync();
        var started = TimeProvider.System.GetTimestamp();

        await bot.StopAsync();

        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(8), "an open page is no reason to stay");
        await Expect(page.GetByText("The bot does not answer")).ToBeVisibleAsync();
    }

    private static async Task SendAsync(IPage page, string text)
    {
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TakePictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png") });
        }
    }
}
