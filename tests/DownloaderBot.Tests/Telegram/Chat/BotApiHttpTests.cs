using DownloaderBot.Telegram.Chat;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class BotApiHttpTests
{
    [Fact]
    public void It_sets_no_limit_of_its_own_to_an_upload()
    {
        using var client = BotApiHttp.Create();

        client.Timeout.Should().Be(Timeout.InfiniteTimeSpan);
    }
}
