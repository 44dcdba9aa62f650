using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>Objects that are alive although they were expected to be collected.</summary>
internal static class UncollectedText
{
    /// <summary>
    /// Such as <c>3 UserSession (UserSession 7, UserSession 9, …) still alive up to 192.0 s after they were expected to be collected: something
    /// still references them; look for static lists, event handlers and timers</c>.
    /// </summary>
    public static string Format(UncollectedObjects objects)
    {
        var (upTo, they, them) = objects.Count == 1 ? (string.Empty, "it was", "it") : ("up to ", "they were", "them");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{objects.Count:N0} {objects.Name}{Examples(objects)} still alive {upTo}{MemoryText.Duration(objects.OldestAge)} after {they} expected to be collected: something still references {them}; look for static lists, event handlers and timers");
    }

    private static string Examples(UncollectedObjects objects)
    {
        var more = objects.Examples.Count < objects.Count ? ", …" : string.Empty;
        return objects.Examples.Count == 0 ? string.Empty : $" ({string.Join(", ", objects.Examples)}{more})";
    }
}
