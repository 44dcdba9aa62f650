using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Sessions;
using MemoryWatch;

namespace DownloaderBot.Scenarios;

/// <summary>The virtual users of a scenario and the time available to them. Thread-safe; each user is for one caller at a time.</summary>
internal sealed class Crowd(
    LocalChat chat,
    LocalConversations conversations,
    DownloadQueue queue,
    SessionManager sessions,
    ScenarioOptions options,
    ScenarioChoice choice,
    LocalOptions local,
    IMemoryWatch watch,
    TimeProvider time)
{
    private const int FirstId = 1001;

    private readonly Dictionary<int, VirtualUser> _users = [];
    private long _started;

    public ScenarioOptions Options => options;

    public IMemoryWatch Watch => watch;

    public TimeSpan Length => TimeSpan.FromMinutes(choice.Minutes);

    public bool HasTime => time.GetElapsedTime(_started) < Length;

    public void StartClock() => _started = time.GetTimestamp();

    /// <summary>Returns a user by number, from 0.</summary>
    public VirtualUser User(int number)
    {
        lock (_users)
        {
            return _users.TryGetValue(number, out var user)
                ? user
                : _users[number] = new(FirstId + number, chat, conversations);
        }
    }

    public Task LogInAsync(VirtualUser user, CancellationToken cancel) => user.LogInAsync(local.Password, cancel);

    /// <summary>Waits until a part of the time has passed; 1 is all of it.</summary>
    public Task UntilAsync(double part, CancellationToken cancel) =>
        PauseAsync(Length * part - time.GetElapsedTime(_started), cancel);

    public Task PauseAsync(TimeSpan pause, CancellationToken cancel) =>
        Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancel);

    /// <summary>Runs the action for each of the first users, in parallel.</summary>
    public Task EachAsync(int count, Func<VirtualUser, Task> action) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => action(User(number))));

    /// <summary>Requests a post and waits until the download has ended completely.</summary>
    public async Task DownloadAsync(VirtualUser user, string link, CancellationToken cancel)
    {
        await user.AskAsync($"/dl {link}", cancel);
        await EndedAsync(user, cancel);
    }

    public Task EndedAsync(VirtualUser user, CancellationToken cancel) =>
        (queue.Find(user.Id)?.Ended ?? Task.CompletedTask).WaitAsync(cancel);

    /// <summary>Makes all users cancel and log out, one after another.</summary>
    public async Task GoHomeAsync(CancellationToken cancel)
    {
        foreach (var user in _users.Values)
        {
            await user.AskAsync("/canceldownload", cancel);
            await EndedAsync(user, cancel);
            await user.AskAsync("/logout", cancel);

            // A download, for example, may have created a session for a user who has logged out since.
            await sessions.TryDisconnectAsync(user.Id);
        }
    }
}
