using System.Collections.Concurrent;
using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Commands;

/// <summary>Whatever one user does, the others are served.</summary>
public sealed class CommandLinesTests
{
    private const long Admin = 7;

    private readonly ConcurrentDictionary<long, Gate> _replies = [];
    private volatile bool _isStuck;

    [Fact]
    public async Task A_flood_of_one_user_delays_nobody_else()
    {
        await using var bot = await StartAsync(stuck: user => user == 1);
        await FloodAsync(bot.User(1), 100);

        foreach (var id in Enumerable.Range(2, 16).Where(id => id != Admin))
        {
            (await bot.User(id).AskAsync("/queue", TestTime.Limit)).Should().StartWith("You have no download");
        }

        (await bot.User(Admin).AskAsync("/killall", TestTime.Limit)).Should().Be("Downloads cancelled: 0.");
        bot.User(1).Conversation.Messages.Should().BeEmpty("its replies are still under way");
    }

    [Fact]
    public async Task Few_messages_of_a_user_wait_and_the_user_is_told_how_many_were_skipped()
    {
        await using var bot = await StartAsync(stuck: user => user == 1);
        var user = bot.User(1);
        await FloodAsync(user, 100);

        // Typed after all of those, and answered.
        await bot.User(2).AskAsync("/queue", TestTime.Limit);
        RepliesTo(1).Open();
        await user.HearAsync("That was more than I take at a time. I skipped 89 of your messages", TestTime.Limit);

        user.Conversation.Messages.Should().HaveCount(1 + CommandLines.MostPerUser + 1);
        (await user.AskAsync("/queue", TestTime.Limit)).Should().StartWith("You have no download", "the line is free again");
    }

    [Fact]
    public async Task A_secret_among_what_is_skipped_is_deleted_all_the_same()
    {
        await using var bot = await StartAsync(stuck: user => user == 1);
        var user = bot.User(1);
        await FloodAsync(user, 20);
        await user.TypeAsync("/password swordfish", TestTime.Limit);
        await user.TypeAsync("https://t.me/login/98713", TestTime.Limit);

        await bot.User(2).AskAsync("/queue", TestTime.Limit);
        RepliesTo(1).Open();
        await user.HearAsync("I skipped 11 of your messages", TestTime.Limit);

        user.Conversation.Typed.Should().HaveCount(20).And.OnlyContain(text => text == "/queue");
    }

    [Fact]
    public async Task Few_messages_wait_in_all_and_those_of_admins_always_do()
    {
        const int users = CommandLines.MostInAll / CommandLines.MostPerUser;
        await using var bot = await StartAsync(stuck: user => user is > 100 and <= 100 + users);
        foreach (var id in Enumerable.Range(101, users))
        {
            await FloodAsync(bot.User(id), 1 + CommandLines.MostPerUser);
        }

        (await bot.User(1).AskAsync("/queue", TestTime.Limit)).Should().Contain("I skipped 1 of your messages");
        (await bot.User(Admin).AskAsync("/queue", TestTime.Limit)).Should().StartWith("You have no download");
        RepliesTo(101).Open();
        await bot.User(101).HearAsync("You have no download", TestTime.Limit);
    }

    [Fact]
    public async Task Few_commands_run_at_a_time_and_those_of_admins_before_others()
    {
        var slow = new SlowCommand();
        await using var bot = await RunningBot.StartAsync(
            [$"--Bot:AdminIds={Admin}"], services => services.AddSingleton<Command>(slow));
        var users = Enumerable.Range(101, CommandRouter.MostCommands + 5).Select(id => bot.User(id)).ToList();
        foreach (var user in users)
        {
            await user.TypeAsync("/slow", TestTime.Limit);
        }

        await slow.EnteredAsync(CommandRouter.MostCommands);
        (await bot.User(Admin).AskAsync("/killall", TestTime.Limit)).Should().Be("Downloads cancelled: 0.");
        slow.Gate.Open();
        foreach (var user in users)
        {
            await user.HearAsync("at last", TestTime.Limit);
        }

        slow.Most.Should().Be(CommandRouter.MostCommands);
    }

    [Fact]
    public async Task Killing_all_downloads_waits_for_no_users_chat()
    {
        await using var bot = await StartAsync(stuck: user => user == 1 && _isStuck);
        var hold = bot.HoldDownloads();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await hold.Reached;
        _isStuck = true;

        (await bot.User(Admin).AskAsync("/killall", TestTime.Limit)).Should().Be("Downloads cancelled: 1.");

        RepliesTo(1).Open();
        await user.HearAsync("administrator has cancelled", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
    }

    /// <summary>A bot some of whose users' replies do not arrive until they may.</summary>
    private Task<RunningBot> StartAsync(Func<long, bool> stuck) => RunningBot.StartAsync(
        [$"--Bot:AdminIds={Admin}"],
        services => services.AddSingleton<IChat>(provider => new HookedChat(provider.GetRequiredService<LocalChat>())
        {
            BeforeSendTo = (userId, cancel) => stuck(userId) ? RepliesTo(userId).PassAsync(cancel) : Task.CompletedTask,
        }));

    private Gate RepliesTo(long userId) => _replies.GetOrAdd(userId, _ => new());

    /// <summary>Types many messages, the first of which is being handled by then and the only one that is.</summary>
    private async Task FloodAsync(VirtualUser user, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await user.TypeAsync("/queue", TestTime.Limit);
            if (i == 0)
            {
                await RepliesTo(user.Id).Reached;
            }
        }
    }

    private sealed class SlowCommand() : Command("slow", "takes its time")
    {
        private readonly Changes _changes = new();
        private readonly Lock _lock = new();
        private int _now;

        public Gate Gate { get; } = new();

        public int Most { get; private set; }

        public Task EnteredAsync(int count) => _changes.WaitAsync(() => Most >= count, TestTime.Limit);

        public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
        {
            lock (_lock)
            {
                Most = Math.Max(Most, ++_now);
            }

            _changes.Signal();
            await Gate.PassAsync(cancel);
            lock (_lock)
            {
                _now--;
            }

            return "at last";
        }
    }
}
