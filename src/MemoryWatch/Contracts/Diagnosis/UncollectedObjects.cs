namespace MemoryWatch;

/// <summary>Objects of one name that should have been collected and are still alive.</summary>
/// <param name="Name">
/// The name given to <see cref="IMemoryWatch.ExpectCollected"/>, without numbers; safe to print. <c>other</c> for names beyond the first 64.
/// </param>
/// <param name="Count">Number of objects of this name that are overdue.</param>
/// <param name="OldestAge">Time since the oldest of them was expected to be collected.</param>
/// <example>
/// <code>
/// // A removed session should be collected soon. If it is still alive after GCs, an alert names it.
/// sessions.Remove(session);
/// watch.ExpectCollected(session, "UserSession", $"User {userId}");
/// </code>
/// </example>
public sealed record UncollectedObjects(string Name, long Count, TimeSpan OldestAge)
{
    /// <summary>
    /// Which ones they are, for up to three of them: the names given to <see cref="IMemoryWatch.ExpectCollected"/>, such as
    /// <c>UserSession 123</c>, if they have numbers, and the contexts; safe to print.
    /// </summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}
