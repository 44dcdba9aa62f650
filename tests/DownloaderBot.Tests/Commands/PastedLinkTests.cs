using DownloaderBot.Tests.Secrets;
using DownloaderBot.Tests.Support;
using MemoryWatch;

namespace DownloaderBot.Tests.Commands;

public sealed class PastedLinkTests
{
    [Theory]
    [InlineData("https://t.me/demo/1")]
    [InlineData("Look at this:\nhttps://t.me/demo/1.")]
    [InlineData("/dl\u00A0https://t.me/demo/1")]
    [InlineData("\u200E/d\u200Bl https://t.me/demo/1\u200E")]
    public async Task A_link_is_a_download(string text)
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync(text, TestTime.Limit);

        (await user.ReceiveAsync(TestTime.Limit)).Name.Should().Be("demo-1.bin");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task It_needs_a_login_as_any_download_does()
    {
        await using var bot = await RunningBot.StartAsync();

        (await bot.User(1).AskAsync("https://t.me/demo/1", TestTime.Limit)).Should().Be("Please /login first.");
    }

    [Theory]
    [InlineData("https://t.me/s/demo/1", "its web page")]
    [InlineData("https://t.me/joinchat/AbCdEf", "an invitation")]
    [InlineData("https://t.me/addstickers/demo", "a sticker set")]
    [InlineData("https://t.me/share/url?url=https://t.me/demo/1", "not a post")]
    [InlineData("https://t.me/demo/1?comment=2", "a link to a comment")]
    [InlineData("/dl https://t.me/demo/1?comment=2", "a link to a comment")]
    [InlineData("/bdl https://t.me/demo/1?comment=2 https://t.me/demo/2", "a link to a comment")]
    [InlineData("https://t.me/demo/1 https://t.me/demo/2", "one link at a time")]
    [InlineData("https://example.com/1", "I do not know that command. Send me the link of a post")]
    public async Task What_is_no_post_is_told_so(string text, string reply)
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync(text, TestTime.Limit)).Should().Contain(reply);

        bot.Queue.Find(1).Should().BeNull();
        bot.Ended.Should().ContainSingle().Which.Should().StartWith("Command Failed | User 1 | ");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_link_with_a_login_code_is_deleted_and_nowhere_to_be_found()
    {
        await using var talkative = await TalkativeBot.StartAsync();
        var user = await talkative.Bot.LoggedInAsync(1);
        string[] links = [$"https://t.me/login/{Canaries.Code}", $"login.t.me/{Canaries.Code}", $"tg://login?code={Canaries.Code}"];

        foreach (var text in links.SelectMany(link => new[] { link, $"look {link} https://t.me/demo/1", $"/dl {link}", $"/bdl {link} {link}" }))
        {
            (await user.AskAsync(text, TestTime.Limit)).Should().StartWith("That link carries a code that is for you alone");
        }

        foreach (var text in links.SelectMany(link => new[] { $"/queue {link}", $"/fly {link}" }))
        {
            await user.AskAsync(text, TestTime.Limit);
        }

        user.Conversation.Typed.Should().BeEmpty("what carried a secret is deleted");
        talkative.Bot.Watch.RecentEntries.Should().NotContain(e => e.Kind == JournalEntryKind.Ended && e.Title.StartsWith("Download"));
        Canaries.ShouldHoldNone("an exception", talkative.Exceptions);
        await talkative.ShouldHaveKeptItsSecretsAsync(user);
    }

    [Fact]
    public async Task A_link_pasted_while_logging_in_is_no_secret()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(1);
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);

        (await user.AskAsync("https://t.me/demo/1", TestTime.Limit)).Should().Be("Please /login first.");

        user.Conversation.Typed.Should().Equal("https://t.me/demo/1");
    }
}
