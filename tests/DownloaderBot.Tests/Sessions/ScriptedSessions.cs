using DownloaderBot.Local;
using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Sessions;

/// <summary>
/// Sessions whose posts have a file of one megabyte each, and whose single calls can be made to fail. A download that fails from the beginning
/// has got half of the file by then, and one that fails later nothing more.
/// </summary>
internal sealed class ScriptedSessions : IUserSessionFactory
{
    public const int PostBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Exception>> _failures = [];
    private readonly List<string> _calls = [];

    /// <summary>The calls so far, such as <c>connect</c>, <c>find 5</c> and <c>download 5 from 0</c>.</summary>
    public IReadOnlyList<string> Calls { get { lock (_lock) { return [.. _calls]; } } }

    public void Fail(string call, Exception exception, int times = 1) =>
        _failures[call] = new(Enumerable.Repeat(exception, times));

    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel)
    {
        ThrowIfScripted("connect");
        return Task.FromResult<IUserSession>(new Session(this));
    }

    private Exception? Note(string call)
    {
        lock (_lock)
        {
            _calls.Add(call);
            return _failures.TryGetValue(call, out var failures) && failures.TryDequeue(out var failure) ? failure : null;
        }
    }

    private void ThrowIfScripted(string call)
    {
        if (Note(call) is { } failure)
        {
            throw failure;
        }
    }

    private sealed class Session(ScriptedSessions all) : IUserSession
    {
        public Task<IReadOnlyList<MediaInfo>> FindFilesAsync(PostLink link, bool wholeAlbum, CancellationToken cancel)
        {
            all.ThrowIfScripted($"find {link.PostId}");
            return Task.FromResult<IReadOnlyList<MediaInfo>>([new(link, $"{link.PostId}.bin", PostBytes)]);
        }

        public async Task DownloadAsync(MediaInfo media, long offset, Stream destination, Action<long> spent, CancellationToken cancel)
        {
            var failure = all.Note($"download {media.Link.PostId} from {offset}");
            var end = failure is null ? PostBytes : offset == 0 ? PostBytes / 2 : offset;
            for (var at = offset; at < end; at += LocalPost.Block.Length)
            {
                await destination.WriteAsync(LocalPost.Block, cancel);
            }

            if (failure is not null)
            {
                throw failure;
            }
        }

        public ValueTask DisposeAsync() => default;
    }
}
