using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Logging;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Demo;

/// <summary>Runs a short tour: a few virtual users on the local chat, through the same router as all users' commands.</summary>
internal sealed class DemoTour(
    LocalChat chat,
    LocalConversations conversations,
    UserDirectory users,
    DownloadQueue queue,
    BotOptions options,
    LocalOptions local,
    IMemoryWatch watch,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IHostEnvironment environment,
    ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Waits until the start has logged its lines, so that they do not appear between the tour's lines.</summary>
    private static readonly TimeSpan StartsOwnLines = TimeSpan.FromMilliseconds(300);

    // Small limits, so that few users reach them.
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Bot:MaxSessions"] = "3",
        ["Bot:MaxConcurrent"] = "3",
        ["Bot:MaxQueue"] = "2",
        ["Local:BytesPerSecond"] = "12MB",
    };

    private const int SpikeMegabytes = 80;
    private static readonly TimeSpan SpikeLength = TimeSpan.FromSeconds(3);

    private readonly ILogger _log = loggers.CreateLogger("Demo");

    /// <summary>Adds the settings of the tour; the environment and the command line override them.</summary>
    public static void AddSettings(ConfigurationManager configuration) => configuration.AddBelowEnvironment(Settings);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timeout.Token);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            await Task.Delay(StartsOwnLines, time, stoppingToken);
            await ShowAsync(either.Token);
            Conclude();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The user stopped the program.
        }
        catch (OperationCanceledException)
        {
            _log.Demo("stopped early: a reply did not come. With other Bot settings than its own it may not fit");
        }
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        _log.Demo($"Virtual users on the local chat; room for {options.MaxSessions} sessions, {options.MaxConcurrent} downloads, "
            + $"{options.MaxQueue} waiting");
        VirtualUser[] user = [.. Enumerable.Range(101, 6).Select(id => new VirtualUser(id, chat, conversations))];

        // Earlier runs may have left users logged in. Now half of them are logged in, and one of those is premium.
        var monthFromNow = time.GetUtcNow().AddDays(30);
        foreach (var one in user)
        {
            await users.ChangeAsync(one.Id, _ => new(one.Id) { IsLoggedIn = one.Id >= user[3].Id }, cancel);
        }

        await users.ChangeAsync(user[4].Id, payer => payer with { PremiumUntil = monthFromNow }, cancel);
        foreach (var newcomer in user[..3])
        {
            await LogInAsync(newcomer, cancel);
        }

        watch.Snapshot("Before Downloads", "Demo | 3 users logged in");
        await AskAsync(user[0], "/dl https://t.me/demo/60", "starts", cancel);
        await AskAsync(user[1], "/dl https://t.me/demo/40", "starts", cancel);
        await AskAsync(user[2], "/dl https://t.me/demo/25", "starts", cancel);
        await AskAsync(user[3], "/dl https://t.me/demo/5", "number 1", cancel);
        await AskAsync(user[4], "/dl https://t.me/demo/10", "number 1", cancel);
        await AskAsync(user[5], "/dl https://t.me/demo/30", "full", cancel);
        await Task.Delay(TimeSpan.FromSeconds(1), time, cancel);
        watch.Snapshot("Downloads Running", "Demo | 3 running, 2 waiting, 1 refused");
        await AskAsync(user[1], "/canceldownload", "is cancelled", cancel);

        _log.Demo($"Now {SpikeMegabytes} MB are held on purpose, so that there is a spike to see");
        await HoldAsync(cancel);
        await AskAsync(user[5], "/dl https://t.me/missing/7", "cannot find", cancel);
        foreach (var last in user)
        {
            await (queue.Find(last.Id)?.Ended ?? Task.CompletedTask).WaitAsync(cancel);
        }

        watch.Snapshot("Demo Finished", "Demo | 4 files delivered, 1 cancelled, 1 refused, 1 failed");
    }

    /// <summary>Logs a user in step by step, as people do. Secrets stay out of the log here too.</summary>
    private async Task LogInAsync(VirtualUser user, CancellationToken cancel)
    {
        await AskAsync(user, $"/login {user.Phone}", "with spaces", cancel, shown: "/login +<phone>");
        var code = await user.ReadCodeAsync(cancel);
        var next = await AskAsync(user, $"/verify {code}", string.Empty, cancel, shown: "/verify <code>");
        if (next.Contains("/password", StringComparison.Ordinal))
        {
            await AskAsync(user, $"/password {local.Password}", "logged in", cancel, shown: "/password <2fa>");
        }
    }

    private async Task<string> AskAsync(
        VirtualUser user, string text, string expected, CancellationToken cancel, string? shown = null)
    {
        await user.TypeAsync(text, cancel);
        var reply = await user.HearAsync(expected, cancel);
        var paying = (await users.GetAsync(user.Id, cancel)).IsPremiumAt(time.GetUtcNow()) ? " (premium)" : string.Empty;
        _log.Demo($"User {user.Id}{paying}: {shown ?? text} -> {reply.Text.Split('\n')[0]}");
        return reply.Text;
    }

    /// <summary>Holds memory on purpose, without using it, so that the watch has a spike to report.</summary>
    private async Task HoldAsync(CancellationToken cancel)
    {
        await watch.TrackAsync("Deliberate Spike", $"Demo | Holds {SpikeMegabytes} MB for {SpikeLength.TotalSeconds:0} s", async () =>
        {
            var held = HeldMemory.Take(SpikeMegabytes);
            await Task.Delay(SpikeLength, time, cancel);
            GC.KeepAlive(held);
        });

        // The memory is unreferenced but not freed: that takes a GC, which may not happen for long in an idle program. Only the demo forces one;
        // a bot never needs to.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Conclude()
    {
        _log.Demo("That was it: who was connected, waiting and downloading, beside what memory did meanwhile");
        var file = Path.Combine(environment.ContentRootPath, BotLog.FileName);
        _log.Demo($"All of it is in the log file too: grep -E 'MEMORY SNAPSHOT|MEMORY SPIKE|HIGH MEMORY' {file}");
        _log.Demo("How it is wired: samples/DownloaderBot/Watching, and DownloaderBot.Core/Downloads/PostDelivery.cs (TrackAsync)");
        _log.Demo("The bot stays up; Ctrl+C stops it, and --no-demo starts it without this tour");
    }
}
