using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// When memory reaches a limit if it goes on growing at its present rate. It is no promise: the interval is that of the rate so far, and the rate
/// may change.
/// </summary>
/// <param name="Source">The limit that is reached first.</param>
/// <param name="Soonest">Lower end of the interval; zero or more.</param>
/// <param name="Latest">
/// Upper end of the interval; <see langword="null"/> if it is beyond 30 days, so that the limit may never be reached.
/// </param>
/// <param name="BytesPerSecond">The growth rate, in bytes per second.</param>
/// <example>
/// <code>
/// if (watch.Current.TimeToLimit is TimeToLimit { Soonest.TotalMinutes: &lt; 10 } time)
/// {
///     await SendAsync($"The {time.Source} limit is reached in {time.Soonest:hh\\:mm\\:ss} at the earliest");
/// }
/// </code>
/// </example>
public sealed record TimeToLimit(LimitSource Source, TimeSpan Soonest, TimeSpan? Latest, Estimate BytesPerSecond)
{
    /// <summary>Returns one line, such as <c>Container: 420 s to 540 s</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Source}: {Soonest.TotalSeconds:0} s to {(Latest is { } latest ? $"{latest.TotalSeconds:0} s" : "never")}");
}
