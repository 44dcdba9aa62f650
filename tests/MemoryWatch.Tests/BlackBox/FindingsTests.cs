using MemoryWatch.BlackBox.Format;
using MemoryWatch.Judge;
using MemoryWatch.Tests.Judge.Findings;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>What the last diagnosis of a run found is told after its end.</summary>
public sealed class FindingsTests
{
    private static readonly MemoryDiagnosis All = FindingJudge.Judge(EveryFinding.Facts());

    private readonly BoxBench _bench = new();

    [Fact]
    public void The_most_important_findings_are_in_the_report()
    {
        Tick(All);

        var run = _bench.Judge();

        run.Findings.Select(finding => finding.Rule).Should().Equal(All.Findings.Take(3).Select(finding => (FindingRule?)finding.Rule));
        run.Findings[0].Should().Match<PreviousFinding>(f => f.Time == All.Time && f.Severity == All.Findings[0].Severity);
        run.Describe().Split('\n').Where(line => line.Contains("Finding: ")).Should().HaveCount(3)
            .And.Contain(line => line.EndsWith(All.Findings[0].Describe()));
    }

    [Fact]
    public void They_are_kept_however_many_samples_follow()
    {
        Tick(All);
        for (var i = 0; i < 300; i++)
        {
            _bench.Tick(450, zone: MemoryZone.Critical);
        }

        _bench.Judge().Findings.Should().HaveCount(3);
    }

    [Fact]
    public void Those_of_the_last_diagnosis_count()
    {
        Tick(All);
        Tick(new() { Findings = [All.Findings[1]] });

        _bench.Judge().Findings.Should().ContainSingle().Which.Rule.Should().Be(All.Findings[1].Rule);
    }

    [Fact]
    public void What_is_not_found_any_more_is_not_told()
    {
        Tick(All);
        Tick(new());

        _bench.Judge().Findings.Should().BeEmpty();
    }

    [Fact]
    public void A_run_without_findings_writes_none()
    {
        Tick(new());

        _bench.Judge().Describe().Should().NotContain("Finding:");
    }

    [Fact]
    public void A_rule_that_this_version_does_not_know_keeps_its_text()
    {
        var record = new byte[BoxFormat.RecordSize];
        FindingRecord.Write(record, new() { Rule = (FindingRule)250 }, "Something: new", 1);

        FindingRecord.Read(record)!.Value.Should().Match<(PreviousFinding Finding, int Index)>(
            read => read.Finding.Rule == null && read.Finding.Message == "Something: new" && read.Index == 1);
    }

    [Fact]
    public void Records_that_cannot_be_do_no_harm()
    {
        var random = new Random(7);
        var record = new byte[BoxFormat.RecordSize];
        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(record);
            FindingRecord.Read(record);
        }
    }

    private void Tick(MemoryDiagnosis diagnosis)
    {
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        _bench.Tracker.Clock.Set();
        _bench.Recorder.OnReport(BoxBench.Report(_bench.Snapshot(450, zone: MemoryZone.Critical)).With(diagnosis));
    }
}
