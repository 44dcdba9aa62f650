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
    [InlineData("")]
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
