namespace DownloaderBot.Scenarios;

/// <summary>
/// One pattern of the troubleshooting guide, reproduced with virtual users, the same commands as all users', and memory that is actually held.
/// </summary>
/// <param name="name">Name on the command line: <c>--scenario healthy</c>.</param>
/// <param name="shows">One sentence about what the scenario shows.</param>
/// <param name="settings">Settings that make the pattern appear; the environment and the command line override them.</param>
internal abstract class Scenario(string name, string shows, Dictionary<string, string?> settings)
{
    public string Name => name;

    public string Shows => shows;

    public IReadOnlyDictionary<string, string?> Settings => settings;

    /// <summary>Adds the faulty handler of a scenario that needs one; other runs of the bot do not have it.</summary>
    public virtual void AddTo(IServiceCollection services)
    {
    }

    /// <summary>Makes the runtime compile code and create buffers before the floor of memory is measured.</summary>
    public virtual async Task WarmUpAsync(Crowd crowd, CancellationToken cancel)
    {
        var user = crowd.User(0);
        await crowd.LogInAsync(user, cancel);
        await crowd.DownloadAsync(user, "https://t.me/demo/2", cancel);
    }

    public abstract Task RunAsync(Crowd crowd, CancellationToken cancel);
}
