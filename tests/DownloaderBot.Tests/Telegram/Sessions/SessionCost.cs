using System.Globalization;
using DownloaderBot.Sessions;
using DownloaderBot.Telegram;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>
/// What sessions cost, in a process that has nothing else to do: logs users in on a server elsewhere, and prints resident memory
/// at each stage, after a collection.
/// </summary>
internal static class SessionCost
{
    public const int Reconnections = 100;

    public static readonly PostLink Link = new("demo", 5);

    public static async Task<int> RunAsync(string folder, string address, string publicKey, int count)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(new BotOptions())
            .AddSingleton<IHostEnvironment>(new TestEnvironment(folder))
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddTelegramSessions(new()
            {
                ApiId = 12345,
                ApiHash = StandIn.StandInOptions.ApiHash,
                SessionKey = StandIn.StandInOptions.SessionKey,
                ServerAddress = address,
                PublicKey = publicKey,
            })
            .BuildServiceProvider();
        var factory = services.GetRequiredService<IUserSessionFactory>();
        var logins = services.GetRequiredService<IUserLogins>();
        Print("before", ResidentAfterCollection());

        var sessions = new List<IUserSession>();
        for (var user = 1; user <= count; user++)
        {
            await using (var login = await logins.BeginAsync(user, "+4915798765432", CancellationToken.None))
            {
                await login.AnswerAsync("98713", CancellationToken.None);
            }

            sessions.Add(await factory.LogInAsync(user, CancellationToken.None));
            if (user == 1)
            {
                Print("one", ResidentAfterCollection());
            }
        }

        Print("all", ResidentAfterCollection());
        var most = 0L;
        var media = await sessions[0].FindMediaAsync(Link, CancellationToken.None);
        var file = new Sink(() => most = Math.Max(most, Environment.WorkingSet));
        var allocated = GC.GetTotalAllocatedBytes();
        await sessions[0].DownloadAsync(media, file, CancellationToken.None);
        Print("allocated", GC.GetTotalAllocatedBytes() - allocated);
        Print("downloading", most);
        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }

        Print("after", ResidentAfterCollection());
        for (var again = 0; again < Reconnections; again++)
        {
            await (await factory.LogInAsync(1 + again % count, CancellationToken.None)).DisposeAsync();
        }

        // The library itself holds a client for five seconds after its first call, by a timer.
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System);
        Print("reconnected", ResidentAfterCollection());
        return 0;
    }

    private static long ResidentAfterCollection()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        return Environment.WorkingSet;
    }

    private static void Print(string stage, long bytes) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage} {bytes}"));

    /// <summary>Keeps nothing.</summary>
    private sealed class Sink(Action written) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            written();
            return default;
        }
    }
}
