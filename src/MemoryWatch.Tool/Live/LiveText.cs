using System.Globalization;
using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Live;

/// <summary>The sentences of the live view.</summary>
internal static class LiveText
{
    public const string HowToEnd = "Ctrl+C ends the watch and prints a summary.";

    /// <summary>What cannot be seen of a .NET process from outside; none if it is no such process.</summary>
    public static IEnumerable<string> Unseen(bool? hasRuntime) => hasRuntime switch
    {
        false => [],
        true =>
        [
            "Managed and native memory cannot be told apart from outside.",
            "Slow growth is not extrapolated: it may be garbage of the .NET heap.",
        ],
        _ =>
        [
            "Its mappings cannot be read (smaps, as without permission), so neither pss nor what grows is known.",
            "Slow growth is not extrapolated: if this is a .NET process, it may be garbage.",
        ],
    };

    public static string NoProcess(long id) => Text($"PID is '{id}'; it must be a process that runs and can be seen here");

    public static string HasEnded(long id) => Text($"process {id} has ended; its parent has not noticed yet");

    public static string IsThread(long id, long leader) => Text($"{id} is a thread of process {leader}; watch {leader}");

    public static string Name(ContainerProcess process) => Text($"{process.Name} ({process.Id})");

    public static string Title(LiveWatch watch) => Text($"Process {watch.Id} ({watch.Name})");

    public static string Limit(LiveReading reading) => LimitReason.Describe(reading.Snapshot, reading.Levels);

    /// <summary>Such as <c>120.0 MB of 512 MB used (23.4%)</c>, and what is counted.</summary>
    public static string Usage(MemorySnapshot snapshot) => snapshot.Usage.Source switch
    {
        LimitSource.None => "no limit is known",
        LimitSource.Machine => $"{snapshot.Usage}, the whole machine",
        LimitSource.Setting => $"{snapshot.Usage}, this process",
        _ => $"{snapshot.Usage}, its container",
    };

    public static string? Forecast(MemorySnapshot snapshot) => snapshot.TimeToLimit is { } time ? TimeToLimitText.Growth(time) : null;

    /// <summary>Such as <c>rss 98.3 MB: anon 80.1, file 18.2, shared 0.0; swap 0.0, pss 90.1</c>.</summary>
    public static string Memory(LiveReading reading)
    {
        var process = reading.Snapshot.Process;
        return $"rss {MemoryText.Megabytes(process.ResidentBytes)} (anon {Number(process.AnonymousBytes)}, file {Number(process.FileBackedBytes)}, "
            + $"shared {Number(process.SharedBytes)}), swap {Number(process.SwappedBytes)}, pss {Number(reading.ProportionalBytes)}";
    }

    public static string Work(LiveReading reading)
    {
        var processors = reading.Processors is { } used ? Text($"{used * 100:0} %") : MemoryText.NotAvailable;
        return $"threads {MemoryText.Count(reading.Threads)}, open files {(reading.OpenFiles is { } files ? MemoryText.Count(files) : "not permitted")}, cpu {processors}";
    }

    /// <summary>Who else is in the cgroup.</summary>
    public static string Group(Neighborhood neighborhood) => neighborhood.Others switch
    {
        null => "who else is in the cgroup cannot be read",
        { Count: 0 } => "alone in its cgroup",
        var others => Text($"{others.Count} others in its cgroup ({(neighborhood.Children is { } children ? MemoryText.Count(children) : "an unknown number of")} children): ")
            + string.Join(", ", others.Largest.Select(static other => $"{Name(other)} {MemoryText.Megabytes(other.ResidentBytes)}")),
    };

    /// <summary>What grew, such as <c>+12.3 MB to 80.1 MB  [anon]</c>. Of a long name the end is shown, which is the file's.</summary>
    public static string Growth(in Growth growth, int width)
    {
        var numbers = $"{MemoryText.Change(growth.Bytes),10} to {MemoryText.Megabytes(growth.NowBytes),10}  ";
        var room = Math.Max(1, width - numbers.Length);
        return numbers + (growth.Name.Length > room ? $"…{growth.Name[^(room - 1)..]}" : growth.Name);
    }

    /// <summary>A text that is cut if it is longer than a line.</summary>
    public static string Fit(string text, int width) => text.Length > width ? $"{text[..Math.Max(0, width - 1)]}…" : text;

    /// <summary>The heading of what grew; what there is to say if nothing did.</summary>
    public static string Growers(GrowthWindow window, bool any) => window switch
    {
        { HasReadings: false } => "Growth by mapping: not known.",
        { Length.Ticks: 0 } => "Growth by mapping: the next reading of smaps tells.",
        _ when any => $"Growth by mapping in {Span(window.Length)}:",
        _ => $"Growth by mapping in {Span(window.Length)}: none.",
    };

    public static IEnumerable<string> Gaps(MemorySnapshot snapshot) =>
        snapshot.Gaps == ReadingGaps.None ? [] : ReadingGapsText.Describe(snapshot.Gaps, snapshot).Split(". ").Select(static gap => $"Not read: {gap}.");

    /// <summary>One line of plain output.</summary>
    public static string Line(LiveReading reading)
    {
        var snapshot = reading.Snapshot;
        var forecast = Forecast(snapshot) is { } growth ? $" | {growth}" : string.Empty;
        return $"{snapshot.Time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}Z {snapshot.Zone} | {snapshot.Usage} | {Memory(reading)} | {Work(reading)}{forecast}";
    }

    public static IEnumerable<string> Summary(LiveSummary summary)
    {
        yield return Text($"{summary.Readings} readings in {Span(summary.Length)}, worst zone {summary.WorstZone}");
        if (summary.MostBytes is null)
        {
            yield return "Resident memory could not be read.";
            yield break;
        }

        yield return $"Resident: {MemoryText.Megabytes(summary.LeastBytes)} to {MemoryText.Megabytes(summary.MostBytes)}, {MemoryText.Change(summary.LastBytes - summary.FirstBytes)} from the first reading to the last";
        yield return summary.Leak is { FloorCount: 0, HeldBackBy: LeakGate.NotReadable }
            ? Text($"Leak (resident): not known, there are too few readings in {Span(summary.Length)}")
            : LeakText.Format(summary.Leak);
    }

    public static string Span(TimeSpan span) => span.TotalSeconds switch
    {
        < 120 => Text($"{span.TotalSeconds:0} s"),
        < 7200 => Text($"{span.TotalMinutes:0} min"),
        _ => Text($"{span.TotalHours:0.0} h"),
    };

    private static string Number(long? bytes) => bytes is null ? MemoryText.NotAvailable : MemoryText.Megabytes(bytes)[..^3];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
