namespace Packages.Tests;

/// <summary>The variables and the types of an application that examples may use without declaring them.</summary>
public static class ExamplePrelude
{
    public const string Text =
        """
        global using MemoryWatch.Testing;
        using System.Threading.Channels;
        using MemoryWatch;

        internal static class Program
        {
            public static void Main()
            {
            }
        }

        public static class Prelude
        {
            public static readonly string[] args = [];
            public static readonly WebApplicationBuilder builder = null!;
            public static readonly WebApplication app = null!;
            public static readonly IServiceCollection services = null!;
            public static readonly ILogger logger = null!;
            public static readonly ILoggerFactory loggers = null!;
            public static readonly ILoggerFactory loggerFactory = null!;
            public static readonly IMemoryWatch watch = null!;
            public static readonly MemoryWatcher watcher = null!;
            public static readonly MemoryWatchOptions options = null!;
            public static readonly MemorySnapshot snapshot = null!;
            public static readonly MemoryAlert alert = null!;
            public static readonly MemoryHeadroomLimiter limiter = null!;
            public static readonly CancellationToken cancellationToken = default;
            public static readonly int userId = 7;
            public static readonly DownloadQueue queue = null!;
            public static readonly SessionManager sessions = null!;
            public static readonly UserSession session = null!;
            public static readonly ThumbnailCache thumbnails = null!;
            public static readonly Channel<(OperationScope Scope, Func<Task> Job)> jobs = null!;
            public static readonly Channel<Job> channel = null!;
            public static readonly OperationScope scope = null!;
            public static readonly IMailer mailer = null!;
            public static readonly User user = null!;
            public static readonly string fileName = "";
            public static readonly int width = 1, height = 1, count = 1;

            public static Task DownloadAsync(int userId) => Task.CompletedTask;

            public static Task SendAsync(string text) => Task.CompletedTask;

            public static Task RenderAsync(User user, int width, int height) => Task.CompletedTask;

            public static Task CleanUpAsync() => Task.CompletedTask;

            public static Task ReadAsync() => Task.CompletedTask;

            public static Task WriteAsync() => Task.CompletedTask;

            public static Task ProcessAsync(Job job) => Task.CompletedTask;

            public static Row Parse(string text) => new();

            public static void Write(Row row)
            {
            }

            public static IAsyncEnumerable<Row> ReadRowsAsync(User user) => null!;

            public static IAsyncEnumerable<string> ReadLinesAsync(User user) => null!;
        }

        public static class TestPrelude
        {
            public static readonly FakeMemoryWatch watch = null!;
            public static readonly ConnectionManager manager = null!;
            public static readonly MessageHandler handler = null!;
            public static readonly MessageBus bus = null!;
            public static readonly string line = "", message = "";
        }

        public sealed class MessageBus;

        public sealed class Session(MessageBus bus)
        {
            public MessageBus Bus => bus;

            public byte[] Buffer => [];
        }

        public sealed class ConnectionManager
        {
            public Session Connect(int user) => new(new());

            public void Disconnect(Session session)
            {
            }

            public void Disconnect(int user)
            {
            }
        }

        public sealed class MessageHandler
        {
            public Task HandleAsync(string message) => Task.CompletedTask;
        }

        public static class Parser
        {
            public static Row Parse(string line) => new();
        }

        public sealed class FakeTimeProvider : TimeProvider;

        public sealed record User(int Id);

        public sealed record Row;

        public sealed record Job(OperationScope Scope);

        public sealed class DownloadService(IMemoryWatch watch)
        {
            public IMemoryWatch Watch => watch;

            public Task DownloadAsync(int user) => Task.CompletedTask;
        }

        public interface IMailer
        {
            void Enqueue(string subject, string text);
        }

        public static class Assert
        {
            public static T Throws<T>(Action action)
                where T : Exception => null!;

            public static void Equal(object? expected, object? actual)
            {
            }
        }

        public sealed class UserSession : IAsyncDisposable
        {
            public ValueTask DisposeAsync() => default;
        }

        public sealed class SessionManager
        {
            public int Count => 0;

            public void Remove(UserSession session)
            {
            }

            public Task DisconnectIdleAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }

        public sealed class DownloadQueue
        {
            public int Count => 0;

            public int Waiting => 0;

            public int Running => 0;

            public bool IsConnected => true;

            public bool IsPaused { get; set; }
        }

        public sealed class ThumbnailCache
        {
            public int Count => 0;

            public long Bytes => 0;

            public void Clear()
            {
            }
        }

        public sealed class ClearCacheRelief(ThumbnailCache cache) : IMemoryRelief
        {
            public string Name => "Cache";

            public Task RelieveAsync(CancellationToken cancellationToken)
            {
                cache.Clear();
                return Task.CompletedTask;
            }
        }
        """;
}
