using DownloaderBot.Storage;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Storage;

public sealed class FolderAdviceTests
{
    [Theory]
    [InlineData("ext4", "ext4")]
    [InlineData("xfs", "overlay")]
    [InlineData(null, null)]
    public void On_disks_there_is_nothing_to_say(string? data, string? assets) => Advice(data, assets).Should().BeEmpty();

    [Theory]
    [InlineData("overlay")]
    [InlineData("overlayfs")]
    [InlineData("tmpfs")]
    public void What_goes_with_the_container_is_named(string data) => Advice(data, "ext4").Should().Equal(
        "/app/data is not on a persistent disk: after a new deployment users, their sessions and the black box are lost. Mount a disk there.");

    [Fact]
    public void Files_in_memory_are_named() => Advice("ext4", "tmpfs").Should().Equal(
        "/app/Assets is in memory, so each file that passes through it counts against the limit. Set Bot:AssetsFolder to a folder on a disk.");

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
    public async Task The_start_says_it()
    {
        if (FolderAdvice.FileSystemOf("/dev/shm") != "tmpfs")
        {
            return;
        }

        using var bot = new BotProcess(BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--Bot:AssetsFolder=/dev/shm/downloader-bot-test");

        var console = await bot.OutputToAsync("Listening on ");

        console.Should().Contain(" WRN /dev/shm/downloader-bot-test is in memory");
        Directory.Delete("/dev/shm/downloader-bot-test", recursive: true);
    }

    private static string[] Advice(string? data, string? assets) =>
        [.. FolderAdvice.For("/app/data", "/app/Assets", folder => folder == "/app/data" ? data : assets)];
}
