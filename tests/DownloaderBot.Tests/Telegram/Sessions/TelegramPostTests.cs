using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL;
using TL.Methods;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramPostTests : IAsyncLifetime
{
    private SessionsHost _host = null!;
    private IUserSession _session = null!;

    private StandInPosts Posts => _host.Server.Posts;

    public async Task InitializeAsync()
    {
        _host = await SessionsHost.LoggedInAsync();
        _session = await _host.ConnectAsync();
        Posts.AddChannel(100, "demo");
        Posts.AddChannel(1234567890);
        Posts.AddPost(100, 5, Posts.AddDocument(9, 1000, "video/mp4"));
        Posts.AddPost(1234567890, 5, Posts.AddDocument(10, 2000, "video/mp4"));
    }

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("https://t.me/demo/5", 1000)]
    [InlineData("https://t.me/Demo/5?single", 1000)]
    [InlineData("https://t.me/demo/3/5", 1000)]
    [InlineData("https://t.me/c/1234567890/5", 2000)]
    [InlineData("https://t.me/c/1234567890/5?single", 2000)]
    [InlineData("https://t.me/c/1234567890/3/5", 2000)]
    [InlineData("https://t.me/c/1234567890/5?thread=3", 2000)]
    public async Task Every_form_of_a_link_leads_to_its_post(string link, long bytes) => (await FindAsync(link)).SizeBytes.Should().Be(bytes);

    [Fact]
    public async Task A_private_channel_is_found_far_down_in_the_list_of_conversations()
    {
        for (var id = 2_000_000_000; id < 2_000_000_250; id++)
        {
            Posts.AddChannel(id);
        }

        await FindAsync("https://t.me/c/1234567890/5");
        await FindAsync("https://t.me/c/1234567890/5");

        _host.Server.CallsOf<Messages_GetDialogs>().Should().HaveCount(3, "a hundred at a time, and known afterwards");
    }

    [Fact]
    public async Task A_name_is_resolved_once_for_many_posts()
    {
        Posts.AddPost(100, 6, Posts.AddDocument(11, 1));

        await FindAsync("https://t.me/demo/5");
        await FindAsync("https://t.me/DEMO/6");

        _host.Server.CallsOf<Contacts_ResolveUsername>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("https://t.me/nobody/5", "There is no channel or group named nobody")]
    [InlineData("https://t.me/c/999/5", "that your account is not in")]
    [InlineData("https://t.me/demo/6", "was deleted, or it never was")]
    [InlineData("https://t.me/c/1234567890/6", "was deleted, or it never was")]
    public async Task A_post_that_cannot_be_had_is_explained(string link, string words)
    {
        var told = await this.Awaiting(t => t.FindAsync(link)).Should().ThrowAsync<PostNotFoundException>();

        told.Which.Message.Should().Contain(words);
    }

    [Fact]
    public async Task A_channel_that_the_user_was_thrown_out_of_is_private()
    {
        await FindAsync("https://t.me/demo/5");
        _host.Server.Script = Always<Channels_GetMessages>(Answer.Error(400, "CHANNEL_PRIVATE"));

        await this.Awaiting(t => t.FindAsync("https://t.me/demo/5")).Should().ThrowAsync<PrivatePostException>();
        _host.Server.Script = Always<Upload_GetFile>(Answer.Cut);
        await FindAsync("https://t.me/demo/5");

        _host.Server.CallsOf<Contacts_ResolveUsername>().Should().HaveCount(2, "what was known of it counts no more");
    }

    [Fact]
    public async Task The_name_of_a_person_is_that_of_no_channel()
    {
        _host.Server.Script = Always<Contacts_ResolveUsername>(Answer.Of(new Contacts_ResolvedPeer
        {
            peer = new PeerUser { user_id = 4711 },
            chats = [],
            users = new() { [4711] = _host.Server.Account.User },
        }));

        await this.Awaiting(t => t.FindAsync("https://t.me/somebody/5")).Should().ThrowAsync<UnknownChannelException>();
    }

    [Fact]
    public async Task A_post_without_a_file_is_told_from_one_that_is_not_there()
    {
        Posts.AddPost(100, 6);
        Posts.AddPost(100, 7, new MessageMediaGeo { geo = new() { lon = 1, lat = 2 } });
        Posts.AddPost(100, 8, new MessageMediaWebPage { webpage = new WebPageEmpty() });
        Posts.AddPost(100, 9, new MessageMediaPhoto());

        foreach (var id in new[] { 6, 7, 8, 9 })
        {
            await this.Awaiting(t => t.FindAsync($"https://t.me/demo/{id}")).Should().ThrowAsync<NoMediaException>("of post {0}", id);
        }
    }

    [Fact]
    public async Task A_photo_comes_in_its_largest_size()
    {
        Posts.AddPost(100, 6, Posts.AddPhoto(
            20,
            new PhotoStrippedSize { type = "i", bytes = new byte[60_000] },
            new PhotoSize { type = "m", w = 320, h = 200, size = 20_000 },
            new PhotoSizeProgressive { type = "y", w = 1280, h = 800, sizes = [1000, 5000, 150_000] },
            new PhotoSize { type = "x", w = 800, h = 500, size = 90_000 }));

        var media = await FindAsync("https://t.me/demo/6");
        var file = new MemoryStream();
        await _session.DownloadAsync(media, file, TestTime.Limit);

        media.FileName.Should().Be("photo-6.jpg");
        file.ToArray().Should().Equal(StandInPosts.Content(20, 0, 150_000));
        _host.Server.CallsOf<Upload_GetFile>().Single().location.As<InputPhotoFileLocation>().thumb_size.Should().Be("y");
    }

    [Theory]
    [InlineData("video/mp4", "video-6.mp4")]
    [InlineData("audio/ogg", "audio-6.ogg")]
    [InlineData("image/webp", "sticker-6.webp")]
    [InlineData("application/zip", "file-6.zip")]
    [InlineData("text/x-whatever", "file-6.bin")]
    public async Task A_file_without_a_name_gets_one(string mimeType, string name)
    {
        DocumentAttribute[] attributes = mimeType switch
        {
            "video/mp4" => [new DocumentAttributeVideo()],
            "audio/ogg" => [new DocumentAttributeAudio()],
            "image/webp" => [new DocumentAttributeSticker { alt = "x" }],
            _ => [],
        };
        Posts.AddPost(100, 6, Posts.AddDocument(11, 1, mimeType, attributes: attributes));

        (await FindAsync("https://t.me/demo/6")).FileName.Should().Be(name);
    }

    [Fact]
    public async Task A_file_with_a_name_keeps_it_as_it_is()
    {
        Posts.AddPost(100, 6, Posts.AddDocument(11, 1, "video/mp4", attributes: new DocumentAttributeFilename { file_name = "../Ferien 2026.mp4" }));

        (await FindAsync("https://t.me/demo/6")).FileName.Should().Be("../Ferien 2026.mp4", "the store makes names harmless");
    }

    [Fact]
    public async Task All_of_an_album_is_found_from_any_of_its_posts_in_order()
    {
        Posts.AddPost(100, 20, Posts.AddDocument(20, 1), album: 7);
        Posts.AddPost(100, 21, Posts.AddDocument(21, 2), album: 8);
        Posts.AddPost(100, 22, Posts.AddDocument(22, 3), album: 8);
        Posts.AddPost(100, 23, album: 8);
        Posts.AddPost(100, 24, Posts.AddDocument(24, 4), album: 8);

        foreach (var post in (int[])[21, 24])
        {
            var files = await _session.FindFilesAsync(new("demo", post), wholeAlbum: true, TestTime.Limit);

            files.Select(f => (f.Link.PostId, f.SizeBytes)).Should().Equal((21, 2), (22, 3), (24, 4));
        }

        (await FindAsync("https://t.me/demo/22")).SizeBytes.Should().Be(3, "alone, if only it was asked for");
        (await _session.FindFilesAsync(new("demo", 5), wholeAlbum: true, TestTime.Limit)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_caption_and_how_to_play_a_video_come_with_the_post()
    {
        Posts.AddPost(100, 6, Posts.AddDocument(11, 1, "video/mp4", attributes: new DocumentAttributeVideo { w = 1280, h = 720, duration = 90 }));
        Posts.AddPost(100, 7, Posts.AddDocument(12, 1, "video/webm", attributes: new DocumentAttributeVideo { w = 1, h = 1, duration = 1 }));

        var video = await FindAsync("https://t.me/demo/6");
        var other = await FindAsync("https://t.me/demo/7");

        (video.Caption, video.Video).Should().Be(("Look at this", new VideoInfo(1280, 720, TimeSpan.FromSeconds(90))));
        other.Video.Should().BeNull("a bot can send only MP4 as a video");
    }

    private Task<MediaInfo> FindAsync(string link) => _session.FindMediaAsync(PostLinks.Read(link).Posts.Single(), TestTime.Limit);
}
