using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// The other processes in the memory cgroup of this process, such as a downloader or a browser that it started. Processes in other cgroups of the
/// container, above or below its own, are not among them.
/// </summary>
/// <param name="Largest">
/// The processes with the most resident memory of those that could be read, at most three, the largest first. Memory that they share counts for each
/// of them.
/// </param>
/// <param name="Count">Number of other processes that were found.</param>
/// <param name="IsComplete">
/// Whether all of them were read. If not, there may be a larger one: there are more than 256, reading them took too long, or some of them are not
/// visible to this process.
/// </param>
/// <param name="Time">Time of the reading (UTC).</param>
/// <example>
/// <code>
/// if (watch.Current.ContainerProcesses is ContainerProcesses { IsComplete: true, Count: > 1 } processes)
/// {
///     Console.WriteLine($"{processes.Count} processes share the limit; largest: {processes.Largest[0].Name}");
/// }
/// </code>
/// </example>
public sealed record ContainerProcesses(IReadOnlyList<ContainerProcess> Largest, int Count, bool IsComplete, DateTimeOffset Time)
{
    /// <summary>Returns one line, such as <c>3 others: ffmpeg (123) 210.4 MB, chromium (130) 98.0 MB</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} others: {string.Join(", ", Largest.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} ({p.Id}) {MemoryText.Megabytes(p.ResidentBytes)}")))}");
}
