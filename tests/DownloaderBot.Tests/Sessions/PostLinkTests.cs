using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Sessions;

public sealed class PostLinkTests
{
    [Theory]
    [InlineData("https://t.me/demo/25")]
    [InlineData("http://t.me/demo/25")]
    [InlineData("t.me/demo/25")]
    [InlineData("  https://T.me/demo/25/  ")]
    [InlineData("https://t.me/demo/25?single")]
    public void A_link_to_a_post_is_understood_in_every_usual_form(string text) =>
        PostLink.Parse(text).Should().Be(new PostLink("demo", 25));

    [Theory]
    [InlineData("https://t.me/demo/3/25")]
    [InlineData("https://t.me/demo/3/25?single")]
    [InlineData("https://t.me/demo/25?thread=3&single")]
    public void A_topic_changes_nothing_about_which_post_it_is(string text) => PostLink.Parse(text).Should().Be(new PostLink("demo", 25));

    [Theory]
    [InlineData("https://t.me/c/1234567890/25")]
    [InlineData("https://t.me/C/1234567890/25?single")]
    [InlineData("t.me/c/1234567890/3/25/")]
    [InlineData("https://t.me/c/1234567890/25?thread=3")]
    public void A_private_channel_has_a_number(string text)
    {
        var link = PostLink.Parse(text)!;

        link.Should().Be(new PostLink("c/1234567890", 25));
        link.ChannelNumber.Should().Be(1234567890);
        link.ToString().Should().Be("https://t.me/c/1234567890/25");
    }

    [Fact]
    public void A_public_channel_has_none() => PostLink.Parse("https://t.me/channel/25")!.ChannelNumber.Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("https://t.me/c/25")]
    [InlineData("https://t.me/c/0/25")]
    [InlineData("https://t.me/c/demo/25")]
    [InlineData("https://t.me/c/9999999999999999/25")]
    [InlineData("https://t.me/c/1234567890/3/4/25")]
    [InlineData("demo/25")]
    [InlineData("https://t.me/demo")]
    [InlineData("https://t.me/demo/")]
    [InlineData("https://t.me/demo/0")]
    [InlineData("https://t.me/demo/-1")]
    [InlineData("https://t.me/demo/99999999999")]
    [InlineData("https://t.me/demo/9999999999")]
    [InlineData("https://t.me/../25")]
    [InlineData("https://t.me/de%2Fmo/25")]
    [InlineData("https://t.me/demo/25/../26")]
    [InlineData("https://t.me.evil.org/demo/25")]
    [InlineData("https://evil.org/t.me/demo/25")]
    [InlineData("https://t.me/demo/25 and more")]
    [InlineData("https://t.me/demo/٢٥")]
    public void Anything_else_is_no_link(string text) => PostLink.Parse(text).Should().BeNull();
}
