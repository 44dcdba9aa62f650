using DownloaderBot.Storage;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Storage;

public sealed class FolderAdviceTests
{
    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData(null)]
    public void On_a_disk_there_is_nothing_to_say(string? data) => FolderAdvice.For("/app/data", _ => data).Should().BeNull();

    [Theory]
    [InlineData("overlay")]
    [InlineData("overlayfs")]
    [InlineData("tmpfs")]
    public void What_goes_with_the_container_is_named(string data) => FolderAdvice.For("/app/data", _ => data).Should().Be(
        "/app/data is not on a persistent disk: after a new deployment users, their sessions and the black box are lost. Mount a disk there.");

    [Fact]
    public void A_folder_that_is_still_to_be_made_is_where_its_parent_is()
    {
        if (!Directory.Exists("/dev/shm"))
        {
            return;
        }

        FolderAdvice.FileSystemOf("/dev/shm/not/there").Should().Be("tmpfs");
    }

    [Fact]
    public async Task Files_in_transit_that_are_in_memory_are_named_at_the_start()
    {
        if (FolderAdvice.FileSystemOf("/dev/shm") != "tmpfs")
        {
            return;
        }

        using var bot = new BotProcess(BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--Bot:AssetsFolder=/dev/shm/downloader-bot-test");

        var console = await bot.OutputToAsync("Listening on ");

        console.Should().MatchRegex(" WRN Watched folder /dev/shm/downloader-bot-test (does not exist yet, and would be created|is) on tmpfs: each file there counts as memory");
        Directory.Delete("/dev/shm/downloader-bot-test", recursive: true);
    }
}
