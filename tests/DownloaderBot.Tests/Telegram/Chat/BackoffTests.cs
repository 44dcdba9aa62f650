using DownloaderBot.Telegram.Chat;

namespace DownloaderBot.Tests.Telegram.Chat;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(100_000, 60)]
    public void It_doubles_up_to_a_minute_and_is_never_the_same(int failures, int longest)
    {
        var waits = Enumerable.Range(0, 1000).Select(_ => BotApi.Backoff(failures).TotalSeconds).ToList();

        waits.Should().OnlyContain(wait => wait >= longest / 2.0 && wait <= longest);
        waits.Distinct().Should().HaveCountGreaterThan(900);
        (waits.Max() - waits.Min()).Should().BeGreaterThan(longest * 0.4);
    }
}
