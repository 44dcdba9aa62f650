using System.Globalization;
using MemoryWatch.Tell;
using MemoryWatch.Tool.Drawing;
using Spectre.Console;

namespace MemoryWatch.Tool.Inspect;

/// <summary>Prints the compact lines of a text.</summary>
internal static class PastedReport
{
    private const string Scope = "A compact line says how memory was when its zone rose. How the run ended, only its black box or its host can tell.";

    /// <returns>The exit code.</returns>
    /// <exception cref="UnreadableException">There is none, or one is not whole.</exception>
    public static int Write(Shell shell, string name, string text, bool asJson)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new UnreadableException($"{name} is binary, and no black box");
        }

        var records = PastedText.Read(text);
        if (records.Count == 0)
        {
            throw new UnreadableException($"{name} is no black box, and has no compact line (MW1; t=...; crc=...)");
        }

        if (asJson)
        {
            shell.WriteJson(PastedJson.Of(records), ToolJson.Default.PastedJson);
        }
        else
        {
            foreach (var record in records)
            {
                Write(shell, record);
                shell.WriteLine();
            }

            shell.WriteLine(Scope);
        }

        return records.FirstOrDefault(record => !record.IsIntact) is { } damaged ? throw new UnreadableException($"{name}, line {damaged.Line}: {Problem(damaged)}")
            : records.Any(record => record.Record.Zone >= MemoryZone.Critical) ? ExitCode.Findings
            : ExitCode.NothingFound;
    }

    /// <summary>What is wrong with a line, and which of it could be read.</summary>
    public static string Problem(PastedRecord record)
    {
        var missing = string.Join(", ", record.MissingKeys.Concat(Parts(record)));
        var without = missing.Length == 0 ? string.Empty : $"; not readable: {missing}";
        return record switch
        {
            { IsBeginningMissing: true } => $"the beginning of the compact line is missing, so its checksum says nothing{without}",
            { State: CompactRecordState.CutOff } => $"the compact line is cut off, and its checksum with it{without}",
            { State: CompactRecordState.Unknown } => "the compact line is whole, but of a later version of MemoryWatch",
            _ => $"the checksum of the compact line does not match: a part of it was lost or changed{without}",
        };
    }

    /// <summary>The lists that came through only in part. A whole line may have less than all as well, for want of room.</summary>
    private static IEnumerable<string> Parts(PastedRecord record)
    {
        var values = record.Record;
        (string Key, int Read, int All)[] lists = [("in", values.InFlight.Count, values.InFlightCount), ("top", values.Top.Count, values.NameCount), ("metrics", values.Metrics.Count, values.MetricCount)];
        return lists.Where(list => record.Has(list.Key) && list.Read < list.All)
            .Select(list => string.Create(CultureInfo.InvariantCulture, $"{list.All - list.Read} of {list.All} in {list.Key}"));
    }

    private static void Write(Shell shell, PastedRecord record)
    {
        var values = record.Record;
        var time = record.Has("t") ? TimeZoneInfo.ConvertTime(values.Time, shell.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) : "time unknown";
        var zone = record.Has("zone") ? values.Zone.ToString() : "zone unknown";
        var state = record.IsIntact ? "verified by its checksum" : "NOT VERIFIED";
        shell.WriteLine($"Compact line: {time}, {zone} ({state})", record.Has("zone") ? ZoneStyle.Of(values.Zone) : Style.Plain);
        shell.WriteLines(TreeText.Draw(string.Empty, [.. Lines(record)]));
    }

    private static IEnumerable<string> Lines(PastedRecord record)
    {
        var values = record.Record;
        if (!record.IsIntact)
        {
            yield return $"Problem: {Problem(record)}";
        }

        if (record.Has("used"))
        {
            yield return $"Memory: {values.Used} | {Bar(values.Used.Fraction)} | Limit: {UsageText.Source(values.Used.Source)}";
        }

        if (record.Has("heap"))
        {
            yield return values.Heap.LimitBytes is null
                ? $"GC heap: {MemoryText.Megabytes(values.Heap.UsedBytes)}, without a limit of its own"
                : $"GC heap: {values.Heap} | {Bar(values.Heap.Fraction)}";
        }

        if (record.Has("rss"))
        {
            yield return $"Resident: {MemoryText.Megabytes(values.ResidentBytes)}" + (record.Has("split")
                ? $": live objects {MemoryText.Megabytes(values.ManagedLiveBytes)}, GC beyond these {MemoryText.Megabytes(values.ManagedOverheadBytes)}, native {MemoryText.Megabytes(values.NativeBytes)}, shared {MemoryText.Megabytes(values.SharedBytes)}, files {MemoryText.Megabytes(values.FileBackedBytes)}"
                : string.Empty);
        }

        if (record.Has("rest") && values.RestOfContainerBytes is { } rest)
        {
            yield return $"Rest of container: {MemoryText.Megabytes(rest)}";
        }

        if (record.Has("in"))
        {
            foreach (var operation in values.InFlight)
            {
                var context = operation.Context.Length > 0 ? $" | {operation.Context}" : string.Empty;
                var charged = operation.ChargedBytes > 0 ? $" (charged {MemoryText.Megabytes(operation.ChargedBytes)})" : string.Empty;
                yield return $"In flight: {operation.Name}{context} | for {InFlightText.Age(operation.Age)} | allocated {MemoryText.Megabytes(operation.AllocatedBytes)}{charged}";
            }

            yield return (values.InFlightCount - values.InFlight.Count, values.InFlightCount) switch
            {
                (_, 0) => "In flight: nothing",
                (0, _) => $"In flight: {MemoryText.Count(values.InFlightCount)} in all",
                var (more, all) => $"In flight: and {MemoryText.Count(more)} more, {MemoryText.Count(all)} in all",
            };
        }

        if (record.Has("top"))
        {
            foreach (var total in values.Top)
            {
                yield return $"Ended before: {total.Name}: {MemoryText.Count(total.Count)} {(total.Count == 1 ? "operation" : "operations")} allocated {MemoryText.Megabytes(total.AllocatedBytes)}";
            }
        }

        if (record.Has("metrics") && values.Metrics.Count > 0)
        {
            yield return "Metrics: " + string.Join(" | ", values.Metrics.Select(metric => $"{metric.Name}: {MemoryText.Count(metric.Value)}"));
        }
    }

    private static string Bar(double? fraction)
    {
        const int Width = 20;
        var filled = (int)Math.Round(Math.Clamp(fraction ?? 0, 0, 1) * Width);
        return $"[{new string('#', filled)}{new string('.', Width - filled)}]";
    }
}
