using DownloaderBot.Chat;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Downloads;

public sealed class AlbumTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task All_files_of_an_album_arrive_in_order_whichever_post_was_named(int post)
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync($"/dl https://t.me/album/{post}", TestTime.Limit);
        await user.HearAsync("Done: 3 files", TestTime.Limit);

        Files(user).Should().Equal(
            new LocalFile("album-4.bin", 4 << 20, PostContent.Sha256(4 << 20)) { Caption = "An album from 4 on" },
            new LocalFile("album-5.bin", 5 << 20, PostContent.Sha256(5 << 20)),
            new LocalFile("album-6.bin", 6 << 20, PostContent.Sha256(6 << 20)));
        user.Conversation.Messages.Count(m => m is { File: null, IsEdit: false }).Should().Be(1, "it is one message from start to end");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_link_to_one_post_alone_delivers_that_one()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("https://t.me/album/5?single", TestTime.Limit);
        await user.HearAsync("Done: album-5.bin", TestTime.Limit);

        Files(user).Should().Equal(new LocalFile("album-5.bin", 5 << 20, PostContent.Sha256(5 << 20)));
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task Which_file_of_how_many_it_is_can_be_seen()
    {
        await using var bot = await RunningBot.StartAsync();
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/album/1", TestTime.Limit);
        await user.HearAsync("Downloading album-1.bin (1 of 3)", TestTime.Limit);

        hold.Open();
        await user.HearAsync("Done: 3 files", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task In_a_batch_each_post_counts_for_itself_and_nothing_arrives_twice()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/bdl https://t.me/album/1?single https://t.me/album/3", TestTime.Limit);
        await user.HearAsync("Batch finished: 3 of 3 delivered.", TestTime.Limit);

        Files(user).Select(f => f.Name).Should().Equal("album-1.bin", "album-2.bin", "album-3.bin");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_file_that_the_chat_would_not_take_does_not_cost_the_others()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>()) { MaxFileBytes = 2 << 20 }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/album/1", TestTime.Limit);
        await user.HearAsync(
            "2 of 3 files delivered. The others failed:\nalbum-3.bin: The file is 3.0 MB; I can send at most 2.0 MB.", TestTime.Limit);

        Files(user).Select(f => f.Name).Should().Equal("album-1.bin", "album-2.bin");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task The_session_is_free_for_others_while_a_file_of_an_album_is_sent()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxSessions=1"]);
        var gate = new Gate();
        bot.Conversations.UploadGate = (conversation, _) => conversation == bot.Conversations.Of(1) ? gate.PassAsync() : Task.CompletedTask;
        var (album, other) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2));
        await album.TypeAsync("/dl https://t.me/album/1", TestTime.Limit);
        await gate.Reached;

        await other.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await other.HearAsync("Done", TestTime.Limit);
        gate.Open();

        await album.HearAsync("Done: 3 files", TestTime.Limit);
        Files(album).Should().HaveCount(3);
        await bot.ShouldBeCleanAsync(album, other);
    }

    [Fact]
    public async Task A_cancelled_album_ends_at_once()
    {
        await using var bot = await RunningBot.StartAsync();
        var gate = new Gate();
        bot.Pace.Gate = (link, _, cancel) => link.EndsWith("/2", StringComparison.Ordinal) ? gate.PassAsync(cancel) : Task.CompletedTask;
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/album/1", TestTime.Limit);
        await gate.Reached;

        await user.TypeAsync("/canceldownload", TestTime.Limit);
        await user.HearAsync("Your download is cancelled.", TestTime.Limit);

        Files(user).Should().ContainSingle();
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_video_arrives_as_a_video_with_its_caption()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/video/2", TestTime.Limit);

        (await user.ReceiveAsync(TestTime.Limit)).Should().Be(
            new LocalFile("video-2.mp4", 2 << 20, PostContent.Sha256(2 << 20)) { Caption = "A film\nin two lines", IsVideo = true });
        await user.HearAsync("Done", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
    }

    private static IEnumerable<LocalFile> Files(VirtualUser user) => user.Conversation.Messages.Where(m => m.File is not null).Select(m => m.File!);
}
