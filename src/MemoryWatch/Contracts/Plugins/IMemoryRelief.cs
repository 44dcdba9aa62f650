namespace MemoryWatch;

/// <summary>
/// Frees memory when the watch calls it. From the moment usage reaches the high threshold until it is below the target of relief, MemoryWatch calls
/// the steps one at a time, in the order of their stages. MemoryWatch measures what each step freed, and calls the next one only if memory is still
/// above the target.
/// </summary>
/// <remarks>
/// MemoryWatch calls a step on one of its threads. A step may throw or hang. After <see cref="TimeLimit"/> MemoryWatch cancels the token. If
/// the step does not return within one more second, MemoryWatch abandons it and does not call it again until it has returned. After a fault
/// MemoryWatch does not call the step for 10 seconds, or longer after repeated faults, up to 10 minutes. If a step fails or frees less than 1 % of
/// resident memory, MemoryWatch calls it again only after twice its cool-down, then four times, and so on, up to 64 times. If the zone becomes
/// worse than at any call since memory was last calm for a cool-down, MemoryWatch does not wait. It does not wait either if the step helped last
/// time, memory was below the target meanwhile and is critical again.
/// <para>
/// A step need not force a GC for what it drops. A step of the stage <see cref="ReliefStage.Cache"/> is judged by what the built-in GC after it has
/// freed. After a step of the stages <see cref="ReliefStage.Application"/> and <see cref="ReliefStage.Cancel"/> that has freed less than 1 % of resident
/// memory by itself, MemoryWatch forces a GC before it measures, unless <see cref="MemoryWatchOptions.EnableCollectionWhenHigh"/> is off or forced GCs
/// would take more than 1 % of the time.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// public sealed class ClearThumbnails(ThumbnailCache cache) : IMemoryRelief
/// {
///     public string Name => "Thumbnails";
///
///     public MemoryZone StartsAt => MemoryZone.Critical;
///
///     public Task RelieveAsync(CancellationToken cancellationToken)
///     {
///         cache.Clear();
///         return Task.CompletedTask;
///     }
/// }
/// </code>
/// </example>
public interface IMemoryRelief
{
    /// <summary>
    /// The name of the step in logs, such as <c>Idle sessions</c>; escaped and capped at 64 characters. Read once, when the watch starts, like
    /// the other properties.
    /// </summary>
    string Name { get; }

    /// <summary>
    /// The mildest zone in which MemoryWatch calls the step. By default MemoryWatch calls it as soon as usage reaches the high threshold.
    /// </summary>
    MemoryZone StartsAt => MemoryZone.Healthy;

    /// <summary>The place of the step in the ladder; <see cref="ReliefStage.Application"/> by default.</summary>
    ReliefStage Stage => ReliefStage.Application;

    /// <summary>Minimum time from the end of one call to the start of the next; 10 seconds by default.</summary>
    TimeSpan Cooldown => TimeSpan.FromSeconds(10);

    /// <summary>Maximum duration of one call, after which MemoryWatch cancels it; 10 seconds by default.</summary>
    TimeSpan TimeLimit => TimeSpan.FromSeconds(10);

    /// <summary>Frees memory that the application can spare.</summary>
    /// <param name="cancellationToken">Cancelled at the time limit and when the watch stops.</param>
    /// <returns>A task that completes when the step has finished.</returns>
    Task RelieveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Frees memory according to the zone. This is the method that MemoryWatch calls; by default it calls
    /// <see cref="RelieveAsync(CancellationToken)"/>. Implement it if the step should give up more in a worse zone.
    /// </summary>
    /// <param name="zone">The zone of memory, by the lower bound of what is used.</param>
    /// <param name="cancellationToken">Cancelled at the time limit and when the watch stops.</param>
    /// <returns>A task that completes when the step has finished.</returns>
    Task RelieveAsync(MemoryZone zone, CancellationToken cancellationToken) => RelieveAsync(cancellationToken);

    /// <summary>
    /// Says what the step would free, without freeing anything. MemoryWatch calls it instead of the step while relief only observes
    /// (<see cref="ReliefOptions.ObserveOnly"/>).
    /// </summary>
    /// <param name="zone">The zone of memory, by the lower bound of what is used.</param>
    /// <returns>What it would free; <see langword="null"/>, the default, if that is unknown.</returns>
    ReliefEstimate? Estimate(MemoryZone zone) => null;
}
