namespace DownloaderBot.Scenarios;

/// <summary>
/// One pattern of the troubleshooting guide, brought about for real: virtual users, the same commands as everybody's, and memory
/// that is really held.
/// </summary>
internal abstract class Scenario
{
    /// <summary>As it is asked for: <c>--scenario healthy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What there is to see, in one sentence.</summary>
    public abstract string Shows { get; }

    /// <summary>What makes the pattern appear; the environment and the command line override.</summary>
    public abstract IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Adds the faulty handler of a scenario that needs one; no other run of the bot has it.</summary>
    public virtual void AddTo(IServiceCollection services)
    {
    }

    /// <summary>Has code compiled and buffers made before the floor of memory is taken.</summary>
    public virtual async Task WarmUpAsync(Crowd crowd, CancellationToken cancel)
    {
        var user = crowd.User(0);
        await crowd.LogInAsync(user, cancel);
        await crowd.DownloadAsync(user, "https://t.me/demo/2", cancel);
    }

    public abstract Task RunAsync(Crowd crowd, CancellationToken cancel);
}
