using System.Globalization;
using MemoryWatch.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.Tests.Judge.Leaks;

/// <summary>
/// Scores the judge on generated series, by the worst verdict at any time, and three simple rules on the same series. The seeds 30001 to 30500 were
/// used to choose thresholds; the test runs others. <c>MEMORYWATCH_SEED</c> and <c>MEMORYWATCH_RUNS</c> choose more of them.
/// </summary>
public sealed class LeakCorpusTests(ITestOutputHelper output)
{
    // What the seeds 40001 to 40100 reached, rounded down: docs/leak-detection.md. Fewer seeds may miss it by two standard errors.
    private const double LeastPrecision = 0.98;
    private const double LeastRecall = 0.91;

    private const int FirstSeed = 1001;
    private const int Runs = 20;

#if NET10_0_OR_GREATER
    // Pure arithmetic, the same on each framework, and it takes long.
    [Fact]
    public void Leaks_are_confirmed_and_what_only_looks_like_one_is_not()
    {
        var score = LeakScore.Of(Setting("MEMORYWATCH_SEED", FirstSeed), Setting("MEMORYWATCH_RUNS", Runs));
        foreach (var line in score.Lines())
        {
            output.WriteLine(line);
        }

        score.Precision.Should().BeGreaterThanOrEqualTo(LeastPrecision - score.Tolerance(LeastPrecision), "a confirmed leak is one");
        score.Recall.Should().BeGreaterThanOrEqualTo(LeastRecall - score.Tolerance(LeastRecall), "a leak that matters is confirmed");
        score.Precision.Should().BeGreaterThan(score.Rules.Max(rule => rule.Precision), "simple rules alarm on anything that rises");
    }
#endif

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_recorded_series_is_called_a_leak_only_if_it_is_one(string id, string label)
    {
        var verdict = MemoryTrace.Judge(Path.Combine(Folder, $"{id}.csv")).Verdicts.Single();
        output.WriteLine($"{id} ({label}): {verdict.Worst.Describe()}; at the end: {verdict.Final.Describe()}");

        (verdict.Worst.Verdict == LeakVerdict.Leaking).Should().Be(label == "leak", "{0} is labelled {1}", id, label);
    }

    public static TheoryData<string, string> Recorded()
    {
        var data = new TheoryData<string, string>();
        foreach (var cells in File.ReadLines(Path.Combine(Folder, "index.csv")).Skip(1).Select(line => line.Split(',')))
        {
            data.Add(cells[0], cells[1]);
        }

        return data;
    }

    private static string Folder => Pages.Folder("tests/MemoryWatch.Tests/Judge/Leaks/Recorded");

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
