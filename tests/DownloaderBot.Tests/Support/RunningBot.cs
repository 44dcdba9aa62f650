using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using DownloaderBot.Telegram;
using DownloaderBot.Users;
using MemoryWatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Support;

/// <summary>The whole program on free ports and in a folder of its own, driven through the local chat.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WebApplication _app;

    private RunningBot(string[] settings, Action<IServiceCollection>? change, TelegramBuild? telegram) => _app = BotHost.Build(
        [.. HostVariables.Unset, BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--contentRoot", _folder.Path, .. settings],
        builder => change?.Invoke(builder.Services),
        telegram ?? LocalSessions.IfNeeded);

    public string Folder => _folder.Path;

    public string AssetsFolder => Get<AssetStore>().Folder;

    public string[] Files => Directory.GetFiles(AssetsFolder);

    public DownloadQueue Queue => Get<DownloadQueue>();

    public SessionManager Sessions => Get<SessionManager>();

    public LocalPace Pace => Get<LocalPace>();

    public LocalConversations Conversations => Get<LocalConversations>();

    public IMemoryWatch Watch => Get<IMemoryWatch>();

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The ends of operations, as <c>Download Failed | User 1 | …</c>.</summary>
    public IEnumerable<string> Ended =>
        Watch.RecentEntries.Where(e => e.Kind == JournalEntryKind.Ended).Select(e => $"{e.Title} | {e.Context}");

    public static async Task<RunningBot> StartAsync(
        string[]? settings = null, Action<IServiceCollection>? change = null, TelegramBuild? telegram = null)
    {
        var bot = new RunningBot(settings ?? [], change, telegram);
        await bot._app.StartAsync(TestTime.Limit);
        return bot;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public bool Has<T>()
        where T : class => _app.Services.GetService<T>() is not null;

    public VirtualUser User(long id) => new(id, Get<LocalChat>(), Conversations);

    public async Task<VirtualUser> LoggedInAsync(long id, bool isPremium = false)
    {
        var user = User(id);
        await MarkLoggedInAsync(id, isPremium);
        return user;
    }

    /// <summary>The same for a user of whatever chat there is.</summary>
    public async Task MarkLoggedInAsync(long id, bool isPremium = false) => await Get<UserDirectory>().ChangeAsync(
        id, u => u with { IsLoggedIn = true, PremiumUntil = isPremium ? DateTimeOffset.MaxValue : null }, TestTime.Limit);

    /// <summary>Logs in as people do, code and perhaps password; the reply to the last step.</summary>
    public async Task<string> LogInAsync(VirtualUser user)
    {
        await user.AskAsync($"/login {user.Phone}", TestTime.Limit);
        var reply = await user.AskAsync($"/verify {await user.ReadCodeAsync(TestTime.Limit)}", TestTime.Limit);
        return reply.Contains("/password", StringComparison.Ordinal)
            ? await user.AskAsync($"/password {Get<LocalOptions>().Password}", TestTime.Limit)
            : reply;
    }

    /// <summary>Holds every download after its first bytes.</summary>
    public Gate HoldDownloads()
    {
        var gate = new Gate();
        Pace.Gate = (_, _, cancel) => gate.PassAsync(cancel);
        return gate;
    }

    /// <summary>What is in logs.txt so far.</summary>
    public async Task<string> ReadLogAsync()
    {
        await using var file = new FileStream(
            Path.Combine(_folder.Path, BotLog.FileName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync(TestTime.Limit)).ReplaceLineEndings("\n");
    }

    /// <summary>Waits until logs.txt has these words.</summary>
    public async Task LoggedAsync(string words)
    {
        var limit = TestTime.Limit;
        while (!(await ReadLogAsync()).Contains(words, StringComparison.Ordinal))
        {
            limit.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until the program stops by itself.</summary>
    public async Task StoppingAsync()
    {
        var stopping = new TaskCompletionSource();
        await using var registration = _app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task.WaitAsync(TestTime.Limit);
    }

    /// <summary>Copies the database as a kill at this moment would leave it.</summary>
    public void CopyDatabaseTo(string folder)
    {
        foreach (var file in (string[])[Database.FileName, $"{Database.FileName}-wal"])
        {
            File.Copy(Path.Combine(_folder.Path, "data", file), Path.Combine(folder, file));
        }
    }

    public Task StopAsync() => _app.StopAsync(TestTime.Limit);

    /// <summary>Waits until the user's job, if there is one, has ended completely: the user learns how it ended a moment before.</summary>
    public Task EndedAsync(VirtualUser user) => (Queue.Find(user.Id)?.Ended ?? Task.CompletedTask).WaitAsync(TestTime.Limit);

    /// <summary>Waits until the watch has read the bot's own metrics, which the first snapshot of all does not have.</summary>
    public async Task MeasuredAsync()
    {
        var limit = TestTime.Limit;
        while (!Watch.Current.Metrics.Any(metric => metric.Definition.Name == "Sessions"))
        {
            limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Waits for the users' jobs to end, then checks that nothing of them is left.</summary>
    public async Task ShouldBeCleanAsync(params VirtualUser[] users)
    {
        foreach (var user in users)
        {
            await EndedAsync(user);
        }

        Files.Should().BeEmpty();
        Queue.Running.Should().Be(0);
        Queue.Waiting.Should().Be(0);
        await ShouldKnowAsync();
        Watch.InFlight.Should().BeEmpty();
        foreach (var user in users)
        {
            (await Sessions.TryDisconnectAsync(user.Id)).Should().BeTrue("the session should not be in use");
        }

        Sessions.Count.Should().Be(0);
    }

    /// <summary>Waits until every user knows how their download ended; that is written when its place is free already.</summary>
    private async Task ShouldKnowAsync()
    {
        var limit = TestTime.Limit;
        while (Get<DownloadJournal>().Read().Count > 0)
        {
            limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
