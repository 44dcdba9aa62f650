using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>Who else is in the container, as a line and as values of a log event.</summary>
internal static class ContainerProcessesText
{
    // Share of the container's limit: less memory of other processes is not worth a line.
    private const double PartThatMatters = 0.05;

    /// <summary>
    /// <c>Others in this container: ffmpeg (pid 123) 210.4 MB, chromium (pid 130) 98.0 MB (resident); 4 more</c>; <see langword="null"/> if nobody
    /// else is known to be there, or those who are have little memory.
    /// </summary>
    public static string? Line(MemorySnapshot snapshot)
    {
        if (snapshot.ContainerProcesses is not { Largest: { Count: > 0 } largest } others
            || largest.SumBytes(static process => process.ResidentBytes) < (snapshot.Container.LimitBytes ?? snapshot.Container.HighBytes) * PartThatMatters)
        {
            return null;
        }

        var bound = others.IsComplete ? string.Empty : MemoryText.Bound(UsagePrecision.AtLeast);
        var more = others.Count - largest.Count;
        return $"Others in this container: {bound}{string.Join(", ", largest.Select(Describe))} (resident)"
            + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {more} more") : string.Empty);
    }

    /// <summary>Adds the number of other processes and the largest of them. Nothing if they are not known.</summary>
    public static LogState Add(this LogState state, ContainerProcesses? others)
    {
        if (others is null)
        {
            return state;
        }

        var first = others.Largest.Count > 0 ? others.Largest[0] : null;
        return state
            .Add("other_processes", others.Count)
            .Add("largest_other_process", first?.Name)
            .Add("largest_other_process_id", first?.Id)
            .Add("largest_other_process_bytes", first?.ResidentBytes);
    }

    private static string Describe(ContainerProcess process) => string.Create(
        CultureInfo.InvariantCulture, $"{process.Name} (pid {process.Id}) {MemoryText.Megabytes(process.ResidentBytes)}");
}
