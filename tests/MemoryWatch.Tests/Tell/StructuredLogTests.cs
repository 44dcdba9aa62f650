using System.Globalization;
using System.Text.RegularExpressions;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

/// <summary>Log events as stores and programs read them: by their templates and values.</summary>
public sealed partial class StructuredLogTests
{
    [Fact]
    public void Each_event_has_a_template_that_gives_its_text_with_its_values()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "1MB"), b => b.AddDetector(new Always()).AddRelief(new Trim()));
        watch.Tick(100);
        using (watch.Watch.Track("Download", "User 7 {not a hole}"))
        {
            watch.Watch.Mark("Marked");
            Allocate.Megabytes(2);
        }

        watch.Watch.Fail("Download", default, new InvalidOperationException("odd"));
        watch.Watch.Snapshot("Asked", "User 7");
        watch.Tick(200);
        watch.Tick(420);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());
        watch.Tick(470);
        watch.Tick(510);
        watch.Tick(100, seconds: 301);
        watch.Watch.Update(new() { Limit = "400MB" });
        watch.Watch.Dispose();

        foreach (var line in watch.Log.Lines)
        {
            var template = line.State["{OriginalFormat}"].Should().BeOfType<string>().Which;
            Hole().Replace(template, hole => Text(line.State[hole.Groups[1].Value])).Should().Be(line.Text);
        }

        watch.Log.Lines.Select(l => l.Event.Id).Should().Contain(
            [
                LogEvents.Started, LogEvents.Stopped, LogEvents.SettingsChanged, LogEvents.Snapshot, LogEvents.OperationStarted,
                LogEvents.OperationEnded, LogEvents.Mark, LogEvents.Zone, LogEvents.HighMemory, LogEvents.Spike, LogEvents.Budget,
                LogEvents.OtherAlert, LogEvents.Relief, LogEvents.CollectionReport, LogEvents.LastWords,
            ]);
    }

    [Theory]
    [InlineData("Download", LogEvents.OperationStarted, "{operation} Started{details}")]
    [InlineData("Upload", LogEvents.OperationEnded, "{operation} {outcome}{details}")]
    public void Operations_of_all_names_are_one_group(string name, int id, string template)
    {
        using var watch = new WatchHarness();
        watch.Watch.Track(name, "User 7").Dispose();

        watch.Log.Of(id).Single().State["{OriginalFormat}"].Should().Be(template);
    }

    [Fact]
    public void A_context_cannot_replace_what_the_template_needs()
    {
        using var watch = new WatchHarness();
        watch.Watch.Mark("Marked", new OperationContext("User 7").With("details", "mine").With("{OriginalFormat}", "mine").With("user", 7));

        var line = watch.Log.Of(LogEvents.Mark).Single();
        line.State["details"].Should().Be(" | User 7 | Memory: 100.0 MB");
        line.State["{OriginalFormat}"].Should().Be("{operation}{details}");
        line.State["user"].Should().Be(7);
    }

    [Fact]
    public void The_values_of_the_start_event_are_numbers_in_their_units()
    {
        using var watch = new WatchHarness(o => o.PeriodicInterval = TimeSpan.FromMinutes(2));
        watch.Tick();

        watch.Log.Of(LogEvents.Started).Single().State.Should().Contain(
            new KeyValuePair<string, object?>[]
            {
                new("limit_bytes", 512L << 20), new("limit_source", "Setting"), new("elevated_bytes", 350L << 20), new("high_bytes", 400L << 20),
                new("critical_bytes", 450L << 20), new("imminent_bytes", 500L << 20), new("spike_bytes", 50L << 20),
                new("spike_window_seconds", 60.0), new("interval_seconds", 1.0), new("periodic_interval_seconds", 120.0),
                new("gc_report_interval_seconds", 300.0), new("periodic_collection_interval_seconds", 0.0),
            });
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole();

    private sealed class Always : IMemoryDetector
    {
        public MemoryAlert? Inspect(MemorySnapshot snapshot) => new CustomAlert("odd", AlertSeverity.Warning, "Odd {braces}.");
    }

    private sealed class Trim : IMemoryRelief
    {
        public string Name => "Trim";

        public Task RelieveAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
