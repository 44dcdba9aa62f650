using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Sessions;

/// <summary>Sessions that only count who is connected.</summary>
internal sealed class FakeSessions : IUserSessionFactory
{
    public List<long> Connected { get; } = [];

    public Exception? Failure { get; set; }

    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Failure is not null)
        {
            throw Failure;
        }

        Connected.Add(userId);
        return Task.FromResult<IUserSession>(new Session(this, userId));
    }

    private sealed class Session(FakeSessions all, long userId) : IUserSession
    {
        public Task<IReadOnlyList<MediaInfo>> FindFilesAsync(PostLink link, bool wholeAlbum, CancellationToken cancel) => throw new NotSupportedException();

        public Task DownloadAsync(MediaInfo media, long offset, Stream destination, Action<long> spent, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            all.Connected.Remove(userId);
            return default;
        }
    }
}
