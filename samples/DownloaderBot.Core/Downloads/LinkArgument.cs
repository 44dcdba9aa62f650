using DownloaderBot.Commands;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

/// <summary>The links in what a user typed, or the reason why they are of no use. A reply never repeats a link: it may be a secret.</summary>
internal static class LinkArgument
{
    /// <exception cref="BadCommandException">The text does not link to one post.</exception>
    public static PostLink One(string text)
    {
        var links = Read(text);
        PostLink[] posts = [.. links.Posts.DistinctBy(post => post.ToString(), StringComparer.OrdinalIgnoreCase)];
        return posts switch
        {
            [var post] => post,
            [] => throw new BadCommandException(links.HasOther
                ? "That is not a post but something else on Telegram, such as a channel, its web page, an invitation or a sticker set. "
                    + "Copy the link of the post itself. It looks like this: https://t.me/channel/123"
                : "That is not a link to a post. It looks like this: https://t.me/channel/123"),
            _ => throw new BadCommandException("Please send one link at a time. /bdl takes the first and the last of posts in a row."),
        };
    }

    /// <exception cref="BadCommandException">The text does not link to two posts.</exception>
    public static (PostLink First, PostLink Last) Two(string text) => Read(text).Posts is [var first, var last]
        ? (first, last)
        : throw new BadCommandException(
            "I need the links of the first and the last post, like this: /bdl https://t.me/channel/123 https://t.me/channel/130");

    private static PostLinks Read(string text) => PostLinks.Read(text) switch
    {
        { HasLoginCode: true } => throw new BadCommandException(
            "That link carries a code that is for you alone, so do not send it to anyone. It is not a post. To log in here, start with /login."),
        { HasComment: true } => throw new BadCommandException(
            "That is a link to a comment, and I fetch only posts. Open the comments as a group, copy the link of the message there, and send "
            + "me that one."),
        var links => links,
    };
}
