namespace MemoryWatch;

/// <summary>
/// Frees memory when the watch asks. Steps are asked in the order of registration once usage has reached the
/// high threshold, one at a time; what a step freed is measured, not believed.
/// <para>
/// Called on a thread of the watch. It may throw or hang: past <see cref="TimeLimit"/> the token is cancelled, and a step that goes on
/// regardless is abandoned and rests until it returns. A step that freed less than 1 % of resident memory is asked
/// again only after twice its cool-down, then four times, and so on.
/// </para>
/// </summary>
public interface IMemoryRelief
{
    /// <summary>What the step is called in logs, such as <c>Idle sessions</c>.</summary>
    string Name { get; }

    /// <summary>The mildest zone in which it is asked. By default as soon as usage reaches the high threshold.</summary>
    MemoryZone StartsAt => MemoryZone.Healthy;

    /// <summary>The least time between two calls; 1 minute by default.</summary>
    TimeSpan Cooldown => TimeSpan.FromMinutes(1);

    /// <summary>How long one call may take before it is cancelled; 10 seconds by default.</summary>
    TimeSpan TimeLimit => TimeSpan.FromSeconds(10);

    /// <summary>Frees what can be spared.</summary>
    /// <param name="cancellationToken">Cancelled at the time limit and when the watch stops.</param>
    Task RelieveAsync(CancellationToken cancellationToken);
}
