using System.Globalization;

namespace DownloaderBot.Sessions;

/// <summary>A post, as links name it: <c>https://t.me/channel/123</c>.</summary>
/// <param name="Channel">The name of a public channel or group, or <c>c/</c> and the number of a private one.</param>
/// <param name="PostId">The post's number there, from 1.</param>
internal sealed record PostLink(string Channel, int PostId)
{
    private const string Private = "c/";

    /// <summary>Whether the link is to this post alone, not to the album that it may be part of: <c>?single</c>.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Number of a private channel or group; <see langword="null"/> for a public one, which has a name.</summary>
    public long? ChannelNumber => Channel.StartsWith(Private, StringComparison.Ordinal)
        ? long.Parse(Channel.AsSpan(Private.Length), NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    public static PostLink OfPrivate(string number, int postId) => new(Private + number, postId);

    public override string ToString() => $"https://t.me/{Channel}/{PostId}{(IsSingle ? "?single" : string.Empty)}";
}
