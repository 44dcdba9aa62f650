using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Sessions;

public sealed class PostLinksTests
{
    [Theory]
    [InlineData("https://t.me/demo/25")]
    [InlineData("http://t.me/demo/25")]
    [InlineData("t.me/demo/25")]
    [InlineData("  https://T.me/demo/25/  ")]
    [InlineData("https://t.me/demo/25?single")]
    [InlineData("HTTPS://T.ME/demo/25")]
    [InlineData("https://telegram.me/demo/25")]
    [InlineData("telegram.dog/demo/25")]
    [InlineData("https://www.t.me/demo/25")]
    [InlineData("www.telegram.me/demo/25")]
    [InlineData("https://demo.t.me/25")]
    [InlineData("demo.t.me/25")]
    [InlineData("https://www.demo.telegram.me/25")]
    [InlineData("https://t.me//demo//25")]
    [InlineData("https://t.me/demo/25#a-place")]
    [InlineData("https://t.me/demo/25?t=30#a?comment=3")]
    [InlineData("tg://resolve?domain=demo&post=25&single")]
    [InlineData("tg:resolve?post=25&domain=demo")]
    public void A_link_to_a_post_is_understood_in_every_official_and_usual_form(string text) => ShouldBeOne(text, "https://t.me/demo/25");

    [Theory]
    [InlineData("https://t.me/demo/25 and more")]
    [InlineData("look:\nhttps://t.me/demo/25\nnice, is it not?")]
    [InlineData("look, t.me/demo/25.")]
    [InlineData("(https://t.me/demo/25)")]
    [InlineData("<https://t.me/demo/25>")]
    [InlineData("\"https://t.me/demo/25\",")]
    [InlineData("Have you seen https://t.me/demo/25?")]
    [InlineData("Have you seen https://t.me/demo/25?!…")]
    [InlineData("«https://t.me/demo/25»")]
    [InlineData("[the film](https://t.me/demo/25)")]
    [InlineData("**https://t.me/demo/25**")]
    [InlineData("看这个https://t.me/demo/25，很好")]
    [InlineData("Смотри:t.me/demo/25")]
    [InlineData("看t.me/demo/25")]
    [InlineData("https://youtube.com/watch?v=1 https://t.me/demo/25")]
    [InlineData("join https://t.me/+AbCdEf first, then https://t.me/demo/25")]
    [InlineData("https://t.me/demo/25,https://t.me/DEMO/25")]
    public void Whatever_stands_around_it(string text) => ShouldBeOne(text, "https://t.me/demo/25");

    [Theory]
    [InlineData("\u200Ehttps://t.me/demo/25\u200E")]
    [InlineData("\uFEFFhttps://t.me/demo/25")]
    [InlineData("https://t.me/\u200Bdemo/2\u00AD5")]
    [InlineData("htt\u2060ps://t.\u200Dme/demo/25\uFE0F")]
    [InlineData("\u2067https://t.me/demo/25\u2069")]
    [InlineData("https://t.me/demo/25%E2%80%8B")]
    [InlineData("https://t.me/demo/25%20")]
    [InlineData("\u00A0https://t.me/demo/25\u3000")]
    public void What_nobody_sees_in_it_changes_nothing(string text) => ShouldBeOne(text, "https://t.me/demo/25");

    [Theory]
    [InlineData("https://t.me/demo/3/25")]
    [InlineData("https://t.me/demo/3/25?single")]
    [InlineData("https://demo.t.me/3/25")]
    [InlineData("https://t.me/demo/25?thread=3&single")]
    public void A_topic_changes_nothing_about_which_post_it_is(string text) => ShouldBeOne(text, "https://t.me/demo/25");

    [Theory]
    [InlineData("https://t.me/demo/25?single", true)]
    [InlineData("https://t.me/demo/25?Single=", true)]
    [InlineData("https://t.me/demo/3/25?thread=3&single", true)]
    [InlineData("https://t.me/demo/25?thread=3&amp;single", true)]
    [InlineData("tg://resolve?domain=demo&post=25&single", true)]
    [InlineData("https://t.me/demo/25", false)]
    [InlineData("https://t.me/demo/25?thread=3", false)]
    [InlineData("https://t.me/demo/25#single", false)]
    public void A_link_may_be_to_one_post_of_an_album_alone_and_says_so_when_it_is_shown(string text, bool isSingle)
    {
        var post = PostLinks.Read(text).Posts.Should().ContainSingle().Subject;

        post.IsSingle.Should().Be(isSingle);
        PostLinks.Read($"{post}").Posts.Should().Equal(post);
    }

    [Theory]
    [InlineData("https://t.me/c/1234567890/25")]
    [InlineData("https://t.me/C/1234567890/25?single")]
    [InlineData("t.me/c/1234567890/3/25/")]
    [InlineData("https://telegram.dog/c/1234567890/3/25")]
    [InlineData("https://t.me/c/1234567890/25?thread=3")]
    [InlineData("tg://privatepost?channel=1234567890&post=25&thread=3")]
    public void A_private_channel_has_a_number(string text)
    {
        ShouldBeOne(text, "https://t.me/c/1234567890/25");
        PostLinks.Read(text).Posts[0].ChannelNumber.Should().Be(1234567890);
    }

    [Fact]
    public void A_public_channel_has_none() => PostLinks.Read("https://t.me/channel/25").Posts[0].ChannelNumber.Should().BeNull();

    [Theory]
    [InlineData("https://t.me/demo/25?comment=3")]
    [InlineData("https://t.me/demo/25?single&comment=3")]
    [InlineData("https://t.me/demo/25?single&amp;comment=3")]
    [InlineData("https://t.me/demo/25?%63omment=3")]
    [InlineData("https://t.me/demo/25?Comment")]
    [InlineData("https://t.me/c/1234567890/25?thread=2&comment=3")]
    [InlineData("tg://resolve?domain=demo&post=25&comment=3")]
    public void A_link_to_a_comment_is_not_taken_for_one_to_its_post(string text) =>
        PostLinks.Read(text).Should().BeEquivalentTo(new PostLinks([], HasComment: true, HasLoginCode: false, HasOther: false));

    [Theory]
    [InlineData("https://t.me/login/98713")]
    [InlineData("t.me/LOGIN/98713")]
    [InlineData("https://t.me/login/1/98713")]
    [InlineData("https://t.me/%6Cogin/98713")]
    [InlineData("https://login.t.me/98713")]
    [InlineData("https://t.me/lo\u200Bgin/98713")]
    [InlineData("tg://login?code=98713")]
    [InlineData("tg:login?token=98713")]
    [InlineData("https://telegram.me/auth/98713")]
    [InlineData("https://t.me/confirmphone?phone=12025550123&hash=98713")]
    public void A_link_that_logs_somebody_in_is_known_as_such(string text)
    {
        PostLinks.Read(text).Should().BeEquivalentTo(new PostLinks([], HasComment: false, HasLoginCode: true, HasOther: false));
        PostLinks.Read($"/dl {text} https://t.me/demo/25").HasLoginCode.Should().BeTrue();
    }

    [Theory]
    [InlineData("https://t.me/share/url?url=https://t.me/demo/25")]
    [InlineData("https://t.me/joinchat/AbCdEf")]
    [InlineData("https://t.me/joinchat/25")]
    [InlineData("https://t.me/+AbCdEf")]
    [InlineData("https://t.me/addstickers/25")]
    [InlineData("https://t.me/s/demo/25")]
    [InlineData("https://t.me/s/demo")]
    [InlineData("https://t.me/demo/s/25")]
    [InlineData("https://t.me/boost/25")]
    [InlineData("https://share.t.me/25")]
    [InlineData("https://c.t.me/1234567890/25")]
    [InlineData("https://t.me/iv?url=https://t.me/demo/25")]
    [InlineData("https://web.telegram.org/k/#-1234567890")]
    [InlineData("tg://join?invite=AbCdEf")]
    [InlineData("tg://resolve?domain=demo")]
    [InlineData("https://t.me/c/25")]
    [InlineData("https://t.me/c/0/25")]
    [InlineData("https://t.me/c/demo/25")]
    [InlineData("https://t.me/c/9999999999999999/25")]
    [InlineData("https://t.me/c/1234567890/3/4/25")]
    [InlineData("https://t.me/demo")]
    [InlineData("https://t.me/demo/")]
    [InlineData("https://t.me/demo/0")]
    [InlineData("https://t.me/demo/-1")]
    [InlineData("https://t.me/demo/99999999999")]
    [InlineData("https://t.me/demo/9999999999")]
    [InlineData("https://t.me/demo/25and")]
    [InlineData("https://t.me/demo/25%20and")]
    [InlineData("https://t.me/../25")]
    [InlineData("https://t.me/de%2Fmo/25")]
    [InlineData("https://t.me/demo/25/../26")]
    [InlineData("https://t.me/demo/٢٥")]
    [InlineData("https://t.me/demo/2٥")]
    [InlineData("https://t.me")]
    public void What_cannot_be_a_post_is_known_as_such(string text) =>
        PostLinks.Read(text).Should().BeEquivalentTo(new PostLinks([], HasComment: false, HasLoginCode: false, HasOther: true));

    [Theory]
    [InlineData("")]
    [InlineData("demo/25")]
    [InlineData("https://t.me.evil.org/demo/25")]
    [InlineData("t.me.evil.org/demo/25")]
    [InlineData("https://t.me@evil.org/demo/25")]
    [InlineData("https://evil.org/t.me/demo/25")]
    [InlineData("https://evil.org/?u=https://t.me/demo/25")]
    [InlineData("evil-t.me/demo/25")]
    [InlineData("somebody@t.me/demo/25")]
    [InlineData("ftp://t.me/demo/25")]
    [InlineData("tg: hello")]
    public void Anything_else_is_no_link_of_Telegram(string text) => PostLinks.Read(text).IsEmpty.Should().BeTrue();

    [Fact]
    public void Several_posts_are_read_in_their_order() =>
        PostLinks.Read("from https://t.me/demo/1 to https://t.me/c/12/3/4").Posts.Select(post => $"{post}")
            .Should().Equal("https://t.me/demo/1", "https://t.me/c/12/4");

    [Fact]
    public async Task No_text_takes_long_to_read()
    {
        string[] parts = ["a", "t.me/", "https://", "-", ".", "t.me/demo/25", "tg:", ",https://", "%", "\u200B", "()", "a-."];

        foreach (var part in parts)
        {
            var text = string.Concat(Enumerable.Repeat(part, 4096));
            await Task.Run(() => PostLinks.Read(text)).WaitAsync(TestTime.Limit);
        }
    }

    private static void ShouldBeOne(string text, string link) =>
        PostLinks.Read(text).Posts.Select(post => (post with { IsSingle = false }).ToString().ToLowerInvariant()).Distinct().Should().Equal(link);
}
