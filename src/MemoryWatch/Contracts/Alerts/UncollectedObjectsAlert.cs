using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// Raised if an object that was expected to be collected (<see cref="IMemoryWatch.ExpectCollected"/>) is alive after three gen-2 GCs and at least
/// a minute. Raised once for each name, and again each time the number of such objects has doubled. The severity is Information for one object,
/// because a variable or a cache may hold the last one, and Warning for more.
/// </summary>
/// <param name="objects">The objects.</param>
/// <example>
/// <code>
/// if (alert is UncollectedObjectsAlert { Objects: var objects })
/// {
///     await SendAsync($"{objects.Count} x {objects.Name} are still alive: {string.Join(", ", objects.Examples)}");
/// }
/// </code>
/// </example>
public sealed class UncollectedObjectsAlert(UncollectedObjects objects)
    : MemoryAlert("uncollected", objects.Count > 1 ? AlertSeverity.Warning : AlertSeverity.Information)
{
    /// <summary>The objects.</summary>
    public UncollectedObjects Objects { get; } = objects;

    /// <summary>Returns one line, such as <c>uncollected: UserSession, 3 alive, the oldest for 192 s</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}: {Objects.Name}, {Objects.Count} alive, the oldest for {Objects.OldestAge.TotalSeconds:0} s");
}
