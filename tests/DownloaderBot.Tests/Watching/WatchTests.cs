using System.Collections.Concurrent;
using DownloaderBot.Tests.Support;
using MemoryWatch;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Watching;

/// <summary>What the bot registers with the watch does something in the whole program.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task Who_reads_a_file_into_memory_exceeds_the_budget_of_a_download_and_who_streams_it_does_not()
    {
        var seen = new Seen();
        await using var bot = await RunningBot.StartAsync(change: services => services.AddMemoryWatch().AddObserver(seen));
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/120", TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);
        await bot.EndedAsync(user);

        using (bot.Watch.Track("Download", "User 2 | Faulty"))
        {
            GC.KeepAlive(new byte[60 << 20]);
        }

        var alert = await seen.FirstAsync<BudgetAlert>();
        alert.Describe().Should().Contain("Download").And.Contain("User 2 | Faulty");
        seen.All.OfType<BudgetAlert>().Should().ContainSingle();
    }

    [Fact]
    public async Task Idle_sessions_are_disconnected_once_memory_is_critical()
    {
        var seen = new Seen();
        await using var bot = await RunningBot.StartAsync(
            ["--MemoryWatch:Limit=20MB"], services => services.AddMemoryWatch().AddObserver(seen));

        (await seen.FirstAsync<ReliefOutcome>(outcome => outcome.Name == "Idle sessions")).Error.Should().BeNull();
    }

    [Fact]
    public async Task They_stay_where_the_operator_says_so()
    {
        var seen = new Seen();
        await using var bot = await RunningBot.StartAsync(
            ["--MemoryWatch:Limit=20MB", "--Bot:StayAlive=false"],
            services => services.AddMemoryWatch().AddObserver(seen).AddRelief(new LastRelief()));

        await seen.FirstAsync<ReliefOutcome>(outcome => outcome.Name == LastRelief.OwnName);
        seen.All.OfType<ReliefOutcome>().Should().NotContain(outcome => outcome.Name == "Idle sessions");
    }

    [Fact]
    public async Task Requests_are_tracked_by_their_route_and_health_checks_are_not()
    {
        await using var bot = await RunningBot.StartAsync(["--MemoryWatch:Limit=100GB"]);
        using var client = new HttpClient { BaseAddress = bot.Address };
        foreach (var path in (string[])["/health", "/health/ready", "/", "/local/files/none"])
        {
            (await client.GetAsync(new Uri(path, UriKind.Relative), TestTime.Limit)).Dispose();
        }

        bot.Watch.TotalsByName.Select(total => total.Name).Where(name => name.StartsWith("GET", StringComparison.Ordinal))
            .Should().BeEquivalentTo("GET /", "GET /local/files/{key}");
    }

    [Fact]
    public async Task A_download_has_its_user_and_its_size_as_named_values()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(7);
        await user.TypeAsync("/dl https://t.me/demo/3", TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);
        await bot.EndedAsync(user);

        var ended = bot.Watch.RecentEntries.Where(entry => entry.Kind == JournalEntryKind.Ended).ToList();
        ended.Select(entry => entry.Name).Should().Equal("Download", "Upload");
        ended.Should().OnlyContain(entry => entry.Context.Values.SequenceEqual(
            new KeyValuePair<string, object?>[] { new("user_id", 7L), new("file_bytes", 3L << 20) }));
    }

    /// <summary>Runs after the bot's own steps.</summary>
    private sealed class LastRelief : IMemoryRelief
    {
        public const string OwnName = "Last";

        public string Name => OwnName;

        public Task RelieveAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Seen : IMemoryObserver
    {
        private readonly Changes _changes = new();

        public ConcurrentQueue<object> All { get; } = new();

        public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot) => Add(alert);

        public void OnRelief(ReliefOutcome outcome) => Add(outcome);

        public async Task<T> FirstAsync<T>(Func<T, bool>? fits = null)
        {
            await _changes.WaitAsync(() => All.OfType<T>().Any(fits ?? (_ => true)), TestTime.Limit);
            return All.OfType<T>().First(fits ?? (_ => true));
        }

        private void Add(object item)
        {
            All.Enqueue(item);
            _changes.Signal();
        }
    }
}
