using System.Text.RegularExpressions;
using MemoryWatch.Judge;
using MemoryWatch.Tests.Judge.Findings;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

/// <summary>Findings in words, in a culture with decimal commas.</summary>
public sealed partial class FindingTextTests : IDisposable
{
    private static readonly MetricDefinition Sessions = new("Sessions", new() { Maximum = 3 });

    private readonly CommaCulture _culture = new();

    public void Dispose() => _culture.Dispose();

    [Fact]
    public void Too_many_items_with_their_cost() => Describe(FactsOf.Memory(480) with
    {
        Metrics = [FactsOf.Trend(Sessions, 9)],
        Costs = [FactsOf.Cost(Sessions, 40)],
    }).Should().Be(
        "Too many items: Sessions is 9 (maximum 3); at 40.0 MB each (39.0-41.0, 9 changes) they take 360.0 MB of 480.0 MB used. Keep fewer Sessions at a time, or let each hold less");

    [Fact]
    public void A_cost_that_may_be_of_others_says_so() => Describe(FactsOf.Memory(480) with
    {
        Metrics = [FactsOf.Trend(Sessions, 9)],
        Costs = [FactsOf.Cost(Sessions, 40) with { Together = [new("Cache")] }],
    }).Should().Contain("at 40.0 MB each (39.0-41.0, 9 changes, together with Cache) they take");

    [Theory]
    [InlineData(1, "while at most 1 at a time is worked on")]
    [InlineData(3, "while at most 3 at a time are worked on")]
    public void A_queue_and_how_many_are_worked_on(int workers, string words) => Describe(FactsOf.Nothing with
    {
        Metrics =
        [
            FactsOf.Trend(new("Queue"), 8, riseSeconds: 30, steps: 8), FactsOf.Trend(new("Downloads"), workers, levelSeconds: 60),
        ],
    }).Should().Contain("Queue rose from 0 to 8 in 30.0 s, " + words);

    [Fact]
    public void Collections_that_free_nothing_and_what_they_took() => Describe(FactsOf.Nothing with
    {
        Collections = EveryFinding.Facts().Collections,
    }).Should().MatchRegex("the last 3 forced GCs freed at most .* MB each, and took .* together");

    [Fact]
    public void What_an_operation_leaves_behind() => Describe(FactsOf.Nothing with
    {
        Retained =
        [
            new("Download", new(Bytes.Megabytes(40), Bytes.Megabytes(39.5), Bytes.Megabytes(41)), 6, Bytes.Megabytes(240)),
        ],
    }).Should().StartWith(
        "Memory not freed: each Download leaves 40.0 MB behind (39.5-41.0 MB), 240.0 MB together, which GCs do not free. Look at what Download still refers to");

    [Fact]
    public void A_leak_with_its_pace_and_operation() => Describe(FactsOf.Nothing with
    {
        Inputs = new()
        {
            Leaks =
            [
                new()
                {
                    Track = LeakTrack.Managed, Verdict = LeakVerdict.Leaking, Observed = TimeSpan.FromHours(3), GrownBytes = Bytes.Megabytes(36),
                    BytesPerHour = new(Bytes.Megabytes(12), 0, 0), Operation = "Download", BytesPerOperation = new(Bytes.Megabytes(1), 0, 0),
                },
            ],
        },
    }).Should().StartWith("Managed leak: live objects grew by 36.0 MB in 3.0 h (+12.0 MB/h), 1.0 MB for each Download. Look for a list");

    [Fact]
    public void A_box_that_is_too_small() => Describe(FactsOf.Nothing with
    {
        Capacity = new(
            new(Bytes.Megabytes(641), Bytes.Megabytes(588), Bytes.Megabytes(702)), Bytes.Megabytes(512), FactsOf.Cost(Sessions, 96), 3),
    }).Should().Be(
        "Box too small: this load needs about 640 MB (590-700); in 512 MB it runs with at most 3 Sessions. Use a box of 768 MB, or keep Sessions at 3 or fewer");

    [Fact]
    public void A_maximum_that_does_not_fit() => Describe(FactsOf.Nothing with
    {
        Capacity = new(
            new(Bytes.Megabytes(400), Bytes.Megabytes(390), Bytes.Megabytes(420)), Bytes.Megabytes(512), FactsOf.Cost(Sessions, 96), 2)
        {
            NeededAtMaximumBytes = new(Bytes.Megabytes(590), Bytes.Megabytes(580), Bytes.Megabytes(610)),
        },
    }).Should().Be(
        "Box too small: the maximum of Sessions is 3, and 512 MB have room for about 2 at 96.0 MB each (95.0-97.0, 9 changes). Keep Sessions at 2 or fewer, or use a box of 640 MB");

    [Fact]
    public void Other_processes_by_name() => Describe(FactsOf.Nothing with
    {
        Inputs = new() { Processes = [new(7, "ffmpeg", Bytes.Megabytes(110)), new(8, "yt-dlp", Bytes.Megabytes(30))] },
    }).Should().StartWith("Other processes in the container: ffmpeg 110.0 MB, yt-dlp 30.0 MB: 140.0 MB of the limit of 512.0 MB. Run fewer of ffmpeg");

    [Fact]
    public void No_text_has_a_number_that_is_missing_or_a_hole()
    {
        var diagnosis = FindingJudge.Judge(EveryFinding.Facts());

        diagnosis.Findings.Select(finding => finding.Rule).Should().BeEquivalentTo(Enum.GetValues<FindingRule>());
        diagnosis.Findings.Select(finding => finding.Describe()).Should()
            .OnlyContain(text => !text.Contains("n/a") && !text.Contains('{') && !text.Contains('\n') && !Comma().IsMatch(text)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_diagnosis_has_the_findings_first_then_the_silent_rules_by_their_reasons()
    {
        var text = FindingJudge.Judge(FactsOf.Nothing with
        {
            PauseFraction = 0.25,
            Costs = [FactsOf.Cost(Sessions, 40)],
        }).Describe();

        text.Split('\n').Should().Equal(
            "🔎 MEMORY DIAGNOSIS | 1 finding",
            "├─ ⚠️ Long GC pauses: GCs paused the process for 25.0% of the last minute. Allocate less in each operation, and keep memory away from its limit",
            "├─ Learned: Sessions cost 40.0 MB each (39.0-41.0, 9 changes)",
            "├─ Looked at, not found: One operation takes much at once, Over budget (0, fires at 1), Scopes never disposed (0, fires at 1000), Operation far older than usual (0 ms), Forced GCs free nothing (0, fires at 3)",
            "├─ Cannot be read here: Managed leak, Native leak, Other processes in the container, Thread growth, Handle growth, Native growth, C library keeps free memory, Large objects, GC holds far more than is live, GC settings do not fit, Page cache thrashing",
            "├─ Not seen enough yet: Memory not freed, Box too small",
            "└─ Does not apply here: Objects not collected, Too many items, Queue builds up, Files in memory, Page cache, no problem");
    }

    private static string Describe(FindingFacts facts) => FindingJudge.Judge(facts).Findings[0].Describe();

    [GeneratedRegex(@"\d,\d")]
    private static partial Regex Comma();
}
