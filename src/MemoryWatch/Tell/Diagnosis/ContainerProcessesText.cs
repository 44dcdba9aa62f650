using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>Who else is in the container, as a line and as values of a log event.</summary>
internal static class ContainerProcessesText
{
    // Shares of the container's limit: less memory of all of them is not worth a line, and less of one not worth its name.
    private const double PartThatMatters = 0.05;
    private const double PartOfOneThatMatters = 0.01;

    /// <summary>
    /// <c>Others in this container: ffmpeg (pid 123) 210.4 MB, chromium (pid 130) 98.0 MB (resident); 4 more</c>; <see langword="null"/> if nobody
    /// else is known to be there, or those who are have little memory.
    /// </summary>
    public static string? Line(MemorySnapshot snapshot)
    {
        var limit = snapshot.Container.LimitBytes ?? snapshot.Container.HighBytes;
        if (snapshot.ContainerProcesses is not { Largest: { Count: > 0 } largest } others
            || largest.SumBytes(static process => process.ResidentBytes) < limit * PartThatMatters)
        {
            return null;
        }

        string[] named = [.. largest.Where(process => !(process.ResidentBytes < limit * PartOfOneThatMatters)).Select(Describe)];
        var bound = others.IsComplete ? string.Empty : MemoryText.Bound(UsagePrecision.AtLeast);
        var more = others.Count - named.Length;
        return $"Others in this container: {bound}{string.Join(", ", named)} (resident)"
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
