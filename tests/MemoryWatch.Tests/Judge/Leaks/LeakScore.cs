using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Leaks;

/// <summary>How the judge and the simple rules did on a corpus.</summary>
internal sealed class LeakScore
{
    private static readonly (string Name, double Least, double Most)[] Rates =
    [
        ("below 1 MB/h", 0, 1), ("1 to 10 MB/h", 1, 10), ("10 to 100 MB/h", 10, 100), ("above 100 MB/h", 100, double.MaxValue),
    ];

    private readonly List<(LeakCase Case, LeakVerdict Worst, double? Suspected, double? Leaking)> _judged = [];

    private LeakScore()
    {
    }

    public IReadOnlyList<SimpleRule> Rules { get; } = [SimpleRule.RisingFloors(), SimpleRule.Straight(), SimpleRule.MannKendall()];

    /// <summary>Part of the confirmed leaks that are leaks.</summary>
    public double Precision => Part(_judged.Where(j => j.Worst == LeakVerdict.Leaking), j => j.Case.IsLeak);

    /// <summary>Part of the demanded leaks that were confirmed.</summary>
    public double Recall => Part(_judged.Where(j => j.Case.IsDemanded), j => j.Worst == LeakVerdict.Leaking);

    public static LeakScore Of(int firstSeed, int runs)
    {
        var score = new LeakScore();
        for (var seed = firstSeed; seed < firstSeed + runs; seed++)
        {
            foreach (var one in LeakCorpus.Of(seed))
            {
                score.Judge(one);
            }
        }

        return score;
    }

    /// <summary>Two standard errors of a part of the demanded leaks: few runs may miss a bar by chance.</summary>
    public double Tolerance(double part) => 2 * Math.Sqrt(part * (1 - part) / _judged.Count(j => j.Case.IsDemanded));

    /// <summary>The tables of docs/leak-detection.md.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "| family | series | Leaking | Suspected | must be found | found |";
        yield return "|---|---|---|---|---|---|";
        foreach (var family in _judged.GroupBy(j => j.Case.Family))
        {
            yield return FormattableString.Invariant(
                $"| {family.Key} | {family.Count()} | {family.Count(j => j.Worst == LeakVerdict.Leaking)} | {family.Count(j => j.Worst == LeakVerdict.Suspected)} | {family.Count(j => j.Case.IsDemanded)} | {family.Count(j => j.Case.IsDemanded && j.Worst == LeakVerdict.Leaking)} |");
        }

        yield return string.Empty;
        yield return "| rule | precision | recall | F1 |";
        yield return "|---|---|---|---|";
        yield return Row("MemoryWatch, Leaking", Precision, Recall);
        foreach (var rule in Rules)
        {
            yield return Row(rule.Name, rule.Precision, rule.Recall);
        }

        yield return string.Empty;
        yield return "| growth | leaks | median delay to Suspected | to Leaking |";
        yield return "|---|---|---|---|";
        foreach (var (name, least, most) in Rates)
        {
            var leaks = _judged.Where(j => j.Case.IsDemanded && j.Case.MegabytesPerHour >= least && j.Case.MegabytesPerHour < most).ToList();
            yield return FormattableString.Invariant(
                $"| {name} | {leaks.Count} | {Median(leaks.Select(j => j.Suspected - j.Case.Onset))} | {Median(leaks.Select(j => j.Leaking - j.Case.Onset))} |");
        }
    }

    private static string Row(string name, double precision, double recall) => FormattableString.Invariant(
        $"| {name} | {precision:0.000} | {recall:0.000} | {2 * precision * recall / (precision + recall):0.000} |");

    private static double Part<T>(IEnumerable<T> all, Func<T, bool> condition)
    {
        var list = all.ToList();
        return list.Count == 0 ? 1 : list.Count(condition) / (double)list.Count;
    }

    private static string Median(IEnumerable<double?> seconds)
    {
        var sorted = seconds.Where(s => s is not null).Select(s => Math.Max(0, s!.Value)).Order().ToList();
        return sorted.Count == 0 ? "n/a" : sorted[sorted.Count / 2] switch
        {
            < 7200 and var s => FormattableString.Invariant($"{s / 60:0} min"),
            < 172_800 and var s => FormattableString.Invariant($"{s / 3600:0.0} h"),
            var s => FormattableString.Invariant($"{s / 86_400:0.0} days"),
        };
    }

    private void Judge(LeakCase one)
    {
        const double Megabyte = 1024 * 1024;
        var course = new LeakCourse(LeakTrack.Resident, LoadNames.Of(one.HasMetric ? [new MetricDefinition("Sessions")] : []));
        var worst = LeakVerdict.Unknown;
        double? suspected = null;
        double? leaking = null;
        Span<double> load = stackalloc double[1];
        foreach (var reading in one.Readings)
        {
            load[0] = reading.Sessions;
            if (course.Add(reading.Seconds, reading.Megabytes * Megabyte, load, isIdle: true))
            {
                var left = Math.Max(0, LeakCase.LimitMegabytes - reading.Megabytes) * Megabyte;
                var verdict = course.Judge(new(LimitSource.Setting, LeakCase.LimitMegabytes * Megabyte, left)).Verdict;
                worst = verdict > worst ? verdict : worst;
                suspected ??= verdict >= LeakVerdict.Suspected ? reading.Seconds : null;
                leaking ??= verdict == LeakVerdict.Leaking ? reading.Seconds : null;
            }
        }

        _judged.Add((one, worst, suspected, leaking));
        foreach (var rule in Rules)
        {
            rule.Score(one);
        }
    }
}
