using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Sessions;

/// <summary>Sessions whose downloads take 1 MB every 10 ms, and keep it until they are cancelled.</summary>
internal sealed class GreedySessions : IUserSessionFactory
{
    private const int Megabyte = 1 << 20;

    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel) => Task.FromResult<IUserSession>(new Session());

    private sealed class Session : IUserSession
    {
        public Task<IReadOnlyList<MediaInfo>> FindFilesAsync(PostLink link, bool wholeAlbum, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<MediaInfo>>([new(link, "greedy.bin", Megabyte)]);

        public async Task DownloadAsync(MediaInfo media, long offset, Stream destination, Action<long> spent, CancellationToken cancel)
        {
            for (var taken = new List<byte[]>(); ; await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancel))
            {
                var bytes = new byte[Megabyte];
                Array.Fill(bytes, (byte)1);
                taken.Add(bytes);
            }
        }

        public ValueTask DisposeAsync() => default;
    }
}
