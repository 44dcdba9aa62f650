using System.CommandLine;
using System.Globalization;
using MemoryWatch.Files;
using MemoryWatch.Tool.Live;
using MemoryWatch.Watch;
using Spectre.Console;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch watch</c>.</summary>
internal static class WatchCommand
{
    private const string Details =
        """
        Examples:
          memorywatch watch 4711
          memorywatch watch "$(pidof dotnet)" --limit 512MB
          memorywatch watch 4711 --csv night.csv --duration 8h
        """;

    private const string LimitForm = "an amount of at least 1 MB, such as 512MB";
    private const string IntervalForm = "a time such as 1s or 500ms, from 0.1 s to 1 min";
    private const string DurationForm = "a time such as 30s or 10min";

    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan MostInterval = TimeSpan.FromMinutes(1);

    public static Command Create(Shell shell)
    {
        var json = CommandParts.Json();
        var id = new Argument<string>("PID") { Description = "The id of the process." };
        var limit = new Option<string?>("--limit") { Description = "The limit for this process, instead of the one that is found.", HelpName = "SIZE" };
        var interval = new Option<string?>("--interval") { Description = "Time between two readings; 1s by default.", HelpName = "TIME" };
        var duration = new Option<string?>("--duration") { Description = "End after this time.", HelpName = "TIME" };
        var csv = new Option<string?>("--csv") { Description = "Write a series that 'memorywatch judge' reads to a new file.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Overwrite the file of --csv if it exists." };
        var command = new Command("watch", "A live view of the memory of any process, with or without the library in it.")
        {
            id, limit, interval, duration, csv, force, json,
        };
        return command.WithDetails(Details).Runs((parsed, cancellation) => RunAsync(
            shell,
            new(
                ParseId(parsed.GetValue(id)!), ParseLimit(parsed.GetValue(limit)), ParseInterval(parsed.GetValue(interval)),
                ParseDuration(parsed.GetValue(duration)), parsed.GetValue(csv), parsed.GetValue(force), parsed.GetValue(json)),
            cancellation));
    }

    private static async Task<int> RunAsync(Shell shell, WatchRequest request, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new UnreadableException("'watch' reads another process from /proc, which only Linux has");
        }

        using var watch = LiveWatch.Of(request.Id, request.Limit, DiskFiles.Instance, shell.Time);
        using var trace = request.Csv is { } path ? TraceFile.Create(path, request.Force) : null;
        var summary = new LiveSummary(request.Limit);
        var hasEnded = await ShowAsync(shell, request, watch, reading => Keep(reading, summary, trace), cancellation).ConfigureAwait(false);
        return Finish(shell, request, watch, summary, hasEnded);
    }

    private static void Keep(LiveReading reading, LiveSummary summary, TraceFile? trace)
    {
        summary.Add(reading);
        trace?.Add(reading);
    }

    private static async Task<bool> ShowAsync(
        Shell shell, WatchRequest request, LiveWatch watch, Action<LiveReading> keep, CancellationToken cancellation)
    {
        if (shell.OutputIsTerminal && !request.Json)
        {
            var view = new LiveView(watch, shell.Console.Profile.Capabilities.Unicode);
            return await shell.Console.Live(Text.Empty).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom)
                .StartAsync(context => RunAsync(reading =>
                {
                    context.UpdateTarget(view.Draw(reading, shell.Console.Profile.Width));
                    context.Refresh();
                })).ConfigureAwait(false);
        }

        if (request.Json)
        {
            return await RunAsync(reading => shell.WriteJson(LiveRow.Of(reading), LiveJson.Default.LiveRow)).ConfigureAwait(false);
        }

        var isFirst = true;
        return await RunAsync(reading =>
        {
            if (isFirst)
            {
                Write(shell, [LiveText.Title(watch), LiveText.Limit(reading), .. LiveText.Unseen(watch.HasRuntime), .. LiveText.Gaps(reading.Snapshot)]);
                isFirst = false;
            }

            shell.Output.WriteLine(LiveText.Line(reading));
            shell.Output.Flush();
        }).ConfigureAwait(false);

        Task<bool> RunAsync(Action<LiveReading> show) => LiveLoop.RunAsync(
            watch.Tick,
            reading =>
            {
                keep(reading);
                show(reading);
            },
            shell.Time, request.Interval, request.Duration, cancellation);
    }

    private static int Finish(Shell shell, WatchRequest request, LiveWatch watch, LiveSummary summary, bool hasEnded)
    {
        var facts = hasEnded ? watch.End() : null;
        EndKind? end = facts is null ? null : EndJudge.Judge(facts);
        var reason = end is { } kind ? EndText.Describe(kind, facts!) : null;
        if (request.Json)
        {
            shell.WriteJson(
                new(end, reason, summary.Readings, summary.Length.TotalSeconds, summary.LeastBytes, summary.MostBytes, summary.WorstZone, summary.Leak),
                LiveJson.Default.LiveEnd);
        }
        else
        {
            Write(shell, [.. reason is null ? [] : (string[])[reason], .. LiveText.Summary(summary)]);
        }

        return end is EndKind.OomKilled or EndKind.LikelyOomKilled ? ExitCode.Findings : ExitCode.NothingFound;
    }

    private static long ParseId(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
        ? id
        : throw Refuse("PID", text, "the number of a process");

    private static long? ParseLimit(string? text) => text is null ? null
        : MemorySize.TryParse(text, out var size) && size.Bytes >= 1 << 20 ? size.Bytes
        : throw Refuse("--limit", text, LimitForm);

    private static TimeSpan ParseInterval(string? text) => text is null ? MemoryWatchDefaults.Interval
        : Duration.TryParse(text, out var interval) && interval >= LeastInterval && interval <= MostInterval ? interval
        : throw Refuse("--interval", text, IntervalForm);

    private static TimeSpan? ParseDuration(string? text) => text is null ? null
        : Duration.TryParse(text, out var duration) && duration > TimeSpan.Zero ? duration
        : throw Refuse("--duration", text, DurationForm);

    private static UnreadableException Refuse(string name, string value, string form) => new($"{name} is '{SafeText.Name(value)}'; it must be {form}");

    private static void Write(Shell shell, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            shell.Output.WriteLine(line);
        }
    }
}
