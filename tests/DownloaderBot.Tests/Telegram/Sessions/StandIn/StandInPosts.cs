using TL;
using TL.Methods;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>Channels, their posts and the files in them.</summary>
internal sealed class StandInPosts
{
    public const int MainDataCentre = 2;
    public const int OtherDataCentre = 4;

    private readonly Dictionary<long, Channel> _channels = [];
    private readonly Dictionary<(long Channel, int Id), MessageBase> _posts = [];
    private readonly Dictionary<long, (long Bytes, int DataCentre)> _files = [];

    /// <summary>What a reference to a file must be to count; another one lets those given out before expire.</summary>
    public byte FileReference { get; set; } = 1;

    public Channel AddChannel(long id, string? name = null)
    {
        var channel = new Channel
        {
            flags = Channel.Flags.has_access_hash | Channel.Flags.broadcast | (name is null ? 0 : Channel.Flags.has_username),
            id = id,
            access_hash = id * 31,
            title = $"Channel {id}",
            username = name,
        };
        _channels[id] = channel;
        return channel;
    }

    /// <summary>A post with media, or without, perhaps in an album, which has a number.</summary>
    public void AddPost(long channel, int id, MessageMedia? media = null, long album = 0) => _posts[(channel, id)] = new Message
    {
        flags = (media is null ? 0 : Message.Flags.has_media) | (album == 0 ? 0 : Message.Flags.has_grouped_id),
        grouped_id = album,
        id = id,
        peer_id = new PeerChannel { channel_id = channel },
        date = TimeProvider.System.GetUtcNow().UtcDateTime,
        message = "Look at this",
        media = media,
    };

    /// <summary>A file of so many bytes, as a post's media.</summary>
    public MessageMediaDocument AddDocument(
        long id, long bytes, string mimeType = "application/octet-stream", int dataCentre = MainDataCentre, params DocumentAttribute[] attributes)
    {
        _files[id] = (bytes, dataCentre);
        return new()
        {
            flags = MessageMediaDocument.Flags.has_document,
            document = new Document
            {
                id = id,
                access_hash = id * 37,
                file_reference = [FileReference],
                mime_type = mimeType,
                size = bytes,
                dc_id = dataCentre,
                attributes = attributes,
            },
        };
    }

    public MessageMediaPhoto AddPhoto(long id, params PhotoSizeBase[] sizes)
    {
        _files[id] = (sizes.Max(s => s.FileSize), MainDataCentre);
        return new()
        {
            flags = MessageMediaPhoto.Flags.has_photo,
            photo = new Photo { id = id, access_hash = id * 41, file_reference = [FileReference], sizes = sizes, dc_id = MainDataCentre },
        };
    }

    public Answer Resolve(string name)
    {
        var channel = _channels.Values.FirstOrDefault(c => string.Equals(c.username, name, StringComparison.OrdinalIgnoreCase));
        return channel is null
            ? Answer.Error(400, "USERNAME_NOT_OCCUPIED")
            : Answer.Of(new Contacts_ResolvedPeer
            {
                peer = new PeerChannel { channel_id = channel.id },
                chats = new() { [channel.id] = channel },
                users = [],
            });
    }

    /// <summary>The channels that the user is in, a page at a time, the highest number first.</summary>
    public Messages_DialogsSlice Dialogs(Messages_GetDialogs asked)
    {
        var before = asked.offset_peer is InputPeerChannel last ? last.channel_id : long.MaxValue;
        var page = _channels.Values.Where(c => c.id < before).OrderByDescending(c => c.id).Take(Math.Min(asked.limit, 100)).ToList();
        return new()
        {
            count = _channels.Count,
            dialogs = [.. page.Select(c => new Dialog { peer = new PeerChannel { channel_id = c.id }, top_message = 1, notify_settings = new() })],
            messages = [.. page.Select(c => new Message
            {
                id = 1,
                peer_id = new PeerChannel { channel_id = c.id },
                date = TimeProvider.System.GetUtcNow().UtcDateTime,
                message = string.Empty,
            })],
            chats = page.ToDictionary(c => c.id, ChatBase (c) => c),
            users = [],
        };
    }

    public Answer Messages(Channels_GetMessages asked)
    {
        if (asked.channel is not InputChannel { channel_id: var id } input
            || !_channels.TryGetValue(id, out var channel) || input.access_hash != channel.access_hash)
        {
            return Answer.Error(400, "CHANNEL_INVALID");
        }

        var numbers = asked.id.Select(i => i is InputMessageID { id: var number } ? number : 0).ToList();
        return Answer.Of(new Messages_ChannelMessages
        {
            count = numbers.Count,
            messages = [.. numbers.Select(number => _posts.GetValueOrDefault((id, number)) ?? new MessageEmpty { id = number })],
            topics = [],
            chats = new() { [id] = channel },
            users = [],
        });
    }

    public Answer Part(Upload_GetFile asked, int dataCentre)
    {
        var (id, reference) = asked.location switch
        {
            InputDocumentFileLocation document => (document.id, document.file_reference),
            InputPhotoFileLocation photo => (photo.id, photo.file_reference),
            _ => (0, []),
        };
        if (!_files.TryGetValue(id, out var file))
        {
            return Answer.Error(400, "LOCATION_INVALID");
        }

        if (reference is not [var given] || given != FileReference)
        {
            return Answer.Error(400, "FILE_REFERENCE_EXPIRED");
        }

        if (Math.Abs(dataCentre) != file.DataCentre)
        {
            return Answer.Error(303, $"FILE_MIGRATE_{file.DataCentre}");
        }

        var length = (int)Math.Clamp(file.Bytes - asked.offset, 0, asked.limit);
        return Answer.Of(FilePart(id, asked.offset, length));
    }

    public static Upload_File FilePart(long id, long offset, int length) => new()
    {
        type = Storage_FileType.unknown,
        bytes = Content(id, offset, length),
    };

    /// <summary>What is in a file: no two places look alike for long, so that a part in the wrong place shows.</summary>
    public static byte[] Content(long id, long offset, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            var at = offset + i;
            bytes[i] = (byte)(at * 31 + (at >> 8) * 7 + (at >> 16) * 13 + id);
        }

        return bytes;
    }
}
