using System.Globalization;
using static MemoryWatch.Tell.MemoryCauseText;

namespace MemoryWatch.Tell;

/// <summary>
/// The words of a cause for memory that no operation is known to have taken: who was at work, who waited, and what was in flight. Only who filled it,
/// or else had the processor, while nobody else did is called most likely.
/// </summary>
internal static class MemoryCauseWorkText
{
    private const string Outside = "threads outside of any operation";

    /// <summary>Most of what was allocated is unattributed.</summary>
    /// <param name="cause">The cause.</param>
    /// <param name="others">What operations that are not named allocated; <see langword="null"/> for nothing.</param>
    public static string Unattributed(MemoryCause cause, string? others)
    {
        string?[] named = [.. cause.Operations.Select(Describe), others];
        var share = $"unattributed {MemoryText.Megabytes(cause.UnattributedBytes)} of {MemoryText.Megabytes(cause.AllocatedBytes)}";
        if (cause.IsUnattributedAtWork)
        {
            var (together, rest) = (cause.AtWorkCount > 1 ? "between them " : string.Empty, MemoryText.Megabytes(cause.UnattributedBytes));
            return $"{AtWork(cause)}, most likely allocated {together}the {rest} that nobody has handed in "
                + $"({Joined([$"{share} {Window(cause)}", .. named])}){Waiting(cause)}";
        }

        if (cause.OthersRan == true)
        {
            var (who, waiting) = cause.AtWorkCount > 0
                ? ($" while {AtWork(cause)}, and {Outside} ran", Waiting(cause))
                : ($", most likely by {Outside}", WaitingUnnamed(cause));
            var besides = Joined(named);
            return $"{share} allocated {Window(cause)}{who}{(besides.Length > 0 ? $" ({besides})" : string.Empty)}{waiting}";
        }

        var circumstances = cause switch
        {
            { InFlightCount: 1, InFlight: [{ IsRunning: true } only] } when !MayHaveMore(cause) => $" while only {Name(only)} was in flight",
            _ when !cause.InFlight.Any(o => o.IsRunning) && !MayHaveMore(cause) => string.Empty,
            _ => $" {InFlight(cause)}",
        };
        return Joined([$"{share} allocated {Window(cause)}", .. named]) + circumstances;
    }

    /// <summary>The operations in flight, and which of them had the processor.</summary>
    public static string InFlightAndAtWork(MemoryCause cause) => (cause.AtWorkCount, cause.OthersRan) switch
    {
        _ when cause.Alone is { } alone => $"{InFlight(cause)}, {MemoryText.Megabytes(cause.AloneChangeBytes)} of it while only {Name(alone)} was",
        (0, true) => $"{InFlight(cause)}; {Outside} ran",
        (0, _) => InFlight(cause),
        (_, true) => $"while {AtWork(cause)}, and {Outside} ran{Waiting(cause)}",
        _ when HaveTouched(cause) => $"while {AtWork(cause)}, {(cause.AtWorkCount == 1 ? "was" : "were")} in flight{Waiting(cause)}",
        _ => $"while {AtWork(cause)}, had the processor{Waiting(cause)}",
    };

    /// <summary>The operations in flight, without amounts.</summary>
    public static string InFlight(MemoryCause cause) => Known(cause) + cause switch
    {
        { QuietInFlight: > 0 and var quiet } => Text($" (not counting {quiet} quiet {(quiet == 1 ? "one" : "ones")})"),
        { IsRecorded: true, QuietInFlight: null, InFlightCount: 0 } => " (quiet ones are not recorded)",
        _ => string.Empty,
    };

    private static string Known(MemoryCause cause)
    {
        var names = cause.InFlight.Select(Name).ToArray();
        var others = cause.InFlightCount - names.Length;
        var isMoreThanAtOnce = cause.MostInFlight > 0 && cause.MostInFlight < cause.InFlightCount;
        return (names.Length, others) switch
        {
            (0, 0) => cause.IsRecorded ? "with no recorded operation in flight" : "with no operation in flight",
            (0, _) when isMoreThanAtOnce => Text($"while {cause.InFlightCount} operations ran, {cause.MostInFlight} at once"),
            (0, _) => Text($"while {others} operations were in flight"),
            (1, 0) => $"while {names[0]} was in flight",
            (_, 0) => $"while {string.Join(", ", names[..^1])} and {names[^1]} were in flight",
            _ when isMoreThanAtOnce => Text(
                $"while {string.Join(", ", names)} and {others} {(others == 1 ? "other" : "others")} ran, {cause.MostInFlight} at once"),
            _ => Text($"while {string.Join(", ", names)} and {others} {(others == 1 ? "other" : "others")} were in flight"),
        };
    }

    /// <summary>
    /// Those at work, the oldest first: <c>Download (User 5) and Import, whose threads touched most of the new memory</c>, or, if that is unknown,
    /// <c>Download (User 5), computing for 1.2 s without a pause, and Import, computing for …</c>.
    /// </summary>
    private static string AtWork(MemoryCause cause)
    {
        if (HaveTouched(cause))
        {
            return $"{Listed(cause, Name, " and ")}, whose threads touched most of the new memory";
        }

        return Listed(
            cause, o => $"{Name(o)}, computing for {MemoryText.Duration(o.ComputingFor ?? default)} without a pause", ", and ");
    }

    private static string Listed(MemoryCause cause, Func<MemoryCauseOperation, string> describe, string and)
    {
        List<string> all = [.. cause.AtWork.Select(describe)];
        if (cause.AtWorkCount - all.Count is var more and > 0)
        {
            all.Add(Text($"{more} more"));
        }

        return all.Count == 1 ? all[0] : $"{string.Join(", ", all.Take(all.Count - 1))}{and}{all[^1]}";
    }

    private static string Waiting(MemoryCause cause)
    {
        if (cause.WaitingCount == 0)
        {
            return string.Empty;
        }

        var more = cause.WaitingCount - cause.Waiting.Count;
        return $"; waiting: {string.Join(", ", cause.Waiting.Select(Name))}{(more > 0 ? Text($" and {more} more") : string.Empty)}";
    }

    /// <summary>That operations were waiting, without names: nobody shall take them for suspects.</summary>
    private static string WaitingUnnamed(MemoryCause cause) => cause.WaitingCount switch
    {
        0 => string.Empty,
        1 => "; 1 operation in flight was waiting",
        var count => Text($"; {count} operations in flight were waiting"),
    };

    private static bool HaveTouched(MemoryCause cause) => cause.AtWork.Count > 0 && cause.AtWork.All(o => o.TouchedNewMemory);

    /// <summary>Whether operations may have been in flight that are not listed.</summary>
    private static bool MayHaveMore(MemoryCause cause) =>
        cause.InFlightCount > cause.InFlight.Count || (cause.IsRecorded ? cause.QuietInFlight is not 0 : cause.QuietInFlight > 0);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
