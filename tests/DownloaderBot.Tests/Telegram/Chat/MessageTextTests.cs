using DownloaderBot.Telegram.Chat;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public void What_fits_stays_as_it_is(int length) =>
        MessageText.Fit(new string('a', length)).Should().Be(new string('a', length));

    [Theory]
    [InlineData("😀")]
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("e\u0301")]
    public void What_does_not_is_cut_between_two_characters_as_people_see_them(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 4096));

        var cut = MessageText.Fit(text);

        cut.Should().EndWith(character + "…").And.HaveLength(4095 / character.Length * character.Length + 1);
        text.Should().StartWith(cut[..^1]);
    }
}
