using System.Diagnostics;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>Whichever single call to a plug-in, a filter or the logger throws or hangs: only that call is lost, and its plug-in recovers.</summary>
public sealed class FailTheNthCallTests(ITestOutputHelper output)
{
    private const int Most = 300;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_call_to_a_plug_in_fails_nothing_but_that_call_is_lost(bool hangs)
    {
        var problems = new List<string>();
        var n = 1;
        while (n < Most && Fails(n, hangs, problems))
        {
            n++;
        }

        output.WriteLine($"{n - 1} calls.");
        string.Join("\n", problems).Should().BeEmpty();
        n.Should().BeLessThan(Most).And.BeGreaterThan(20, "a run must be seen to pass untouched");
    }

    private static bool Fails(int n, bool hangs, List<string> problems)
    {
        using var calls = new FailingCalls(n, hangs);
        var plugins = new FailingPlugins(calls);
        try
        {
            Play(calls, plugins, hangs, (isTrue, what) =>
            {
                if (!isTrue)
                {
                    problems.Add($"{n} {calls.Failed}: {what}");
                }
            });
        }
        catch (Exception error)
        {
            problems.Add($"{n} {calls.Failed}: it threw {error}");
        }

        return calls.Failed is not null;
    }

    private static void Play(FailingCalls calls, FailingPlugins plugins, bool hangs, Action<bool, string> check)
    {
        var (time, reader) = (new FakeTimeProvider(new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero)), new FakeReader { ResidentMegabytes = 100 });
        var pacer = new ManualPacer();
        using var source = new ActivitySource($"Failing calls {Guid.NewGuid()}");
        var builder = new MemoryWatchBuilder()
            .AddMetricsProvider(plugins).AddDetector(plugins).AddRelief(plugins).AddObserver(plugins)
            .TrackActivities(source.Name, o => (o.Filter, o.Context) = (plugins.Wants, _ => plugins.ContextOf()));
        using var watch = new MemoryWatcher(
            new() { Limit = "512MB", EnableCollectionWhenHigh = false }, plugins, time, reader, pacer, null,
            hangs ? Limit : Deadline.Backstop);
        var engine = watch.Prepare(builder)!;
        Tick();
        source.StartActivity("Request")?.Dispose();
        watch.Track("Upload", "User 7").Dispose();
        reader.ResidentMegabytes = 420;
        Tick();

        // Its thread must have come back before the clock jumps, or it would look like one that hangs.
        Deadline.Until(
            () => pacer.Wakes > 0 || calls.Failed?.StartsWith("Relief", StringComparison.Ordinal) == true, "the relief step returns");
        Tick();
        reader.ResidentMegabytes = 120;
        Tick();

        if (calls.Failed == "Relief")
        {
            // A step that was released before its ten seconds are over would simply have taken long.
            Deadline.Until(
                () =>
                {
                    time.Advance(TimeSpan.FromSeconds(12));
                    Tick();
                    return Told().Length > 0;
                },
                "the relief step is given up");
        }

        // A fault rests for ten seconds.
        calls.Release();
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(12));
            Tick();
        }

        var isLogger = calls.Failed?.StartsWith("Logger", StringComparison.Ordinal) == true;
        var isGuarded = calls.Failed is not null && !isLogger && !(hangs && calls.Failed is ("Filter" or "Context"));
        var (snapshots, inspections) = (plugins.Snapshots, plugins.Inspections);
        Deadline.Until(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(12));
                Tick();
                return plugins.Snapshots > snapshots && plugins.Inspections > inspections
                    && (calls.Failed == "Metric definitions" || engine.Current.Metrics.Any(metric => metric.Value == 5))
                    && (!isGuarded || Told().Length > 0);
            },
            "observer and detector are called again, the metric is read again, and the fault is reported");
        check(watch.TotalsByName.Any(t => t is { Name: "Upload", Count: 1 }), "operations are tracked");
        check(calls.Failed == "Filter" || watch.TotalsByName.Any(t => t.Name == "Request"), "activities are tracked");
        Ids(LogEvents.OperationStarted, "Upload Started");
        Ids(LogEvents.OperationEnded, "Upload Completed");
        var told = Told();
        check(isGuarded ? told.Length is 1 or 2 : told.Length == 0, $"it is reported once, not as {string.Join(", ", told)}");

        (int Event, string Text)[] Told()
        {
            int[] faults = [LogEvents.PluginFault, LogEvents.PluginTimeout, LogEvents.CallbackFault, LogEvents.ReliefFailed];
            return [.. plugins.Lines.Where(line => faults.Contains(line.Event)).Select(line => (line.Event, line.Text))];
        }

        void Tick()
        {
            time.Advance(TimeSpan.FromSeconds(1));
            engine.Tick();
        }

        void Ids(int eventId, string text) => check(
            plugins.Lines.Any(line => line.Event == eventId && line.Text.Contains(text, StringComparison.Ordinal))
                || calls.Failed?.StartsWith("Logger", StringComparison.Ordinal) == true,
            $"there is a line {text}");
    }
}
