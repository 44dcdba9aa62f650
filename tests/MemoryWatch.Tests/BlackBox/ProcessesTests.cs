using MemoryWatch.BlackBox.Format;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>Who else was in the container when a run was last seen.</summary>
public sealed class ProcessesTests
{
    private static readonly ContainerProcess Ffmpeg = new(123, "ffmpeg", Bytes.Megabytes(210.4));
    private static readonly ContainerProcess Chromium = new(130, "chromium", Bytes.Megabytes(98));

    private readonly BoxBench _bench = new();

    [Fact]
    public void They_are_in_the_report_of_a_run_that_ended_near_its_limit()
    {
        Tick(Others(Ffmpeg, Chromium));

        var run = _bench.Judge();

        run.LastSnapshot!.ContainerProcesses!.Largest.Should().Equal(Ffmpeg, Chromium);
        run.LastSnapshot.ContainerProcesses.Should().Match<ContainerProcesses>(o => o.Count == 2 && o.IsComplete && o.Time == _bench.Time.GetUtcNow());
        run.Describe().Split('\n').Should().ContainSingle(line => line.Contains("Others in this container"))
            .Which.Should().Be("├─ Others in this container: ffmpeg (pid 123) 210.4 MB, chromium (pid 130) 98.0 MB (resident)");
    }

    [Fact]
    public void The_last_reading_counts_and_is_kept_however_many_samples_follow_it()
    {
        Tick(Others(Chromium));
        var others = Others(Ffmpeg);
        for (var i = 0; i < 200; i++)
        {
            Tick(others, seconds: 0.05);
        }

        _bench.Judge().LastSnapshot!.ContainerProcesses!.Largest.Should().Equal(Ffmpeg);
    }

    [Fact]
    public void Who_was_there_long_before_is_not_named()
    {
        Tick(Others(Ffmpeg));
        for (var i = 0; i < 16; i++)
        {
            _bench.Tick();
        }

        _bench.Judge().LastSnapshot!.ContainerProcesses.Should().BeNull();
    }

    [Fact]
    public void A_run_of_an_earlier_version_has_none()
    {
        _bench.Tick(450, zone: MemoryZone.Critical);

        _bench.Judge().Describe().Should().NotContain("Others in this container");
    }

    [Fact]
    public void Names_of_any_kind_fit_and_stay_safe()
    {
        var long1 = new ContainerProcess(int.MaxValue, new string('ä', 64), long.MaxValue);
        var record = new byte[BoxFormat.RecordSize];

        ProcessesRecord.Write(record, Others(long1, long1 with { Name = "" }, long1) with { IsComplete = false, Count = 900 });

        var read = ProcessesRecord.Read(record);
        read.Largest.Select(p => p.Name).Should().Equal(new string('ä', 32), "", new string('ä', 32));
        read.Should().Match<ContainerProcesses>(o => o.Count == 900 && !o.IsComplete);
    }

    [Fact]
    public void Records_that_cannot_be_do_no_harm()
    {
        var random = new Random(5);
        var record = new byte[BoxFormat.RecordSize];
        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(record);
            var read = ProcessesRecord.Read(record);
            read.Largest.All(p => p is { Id: > 0, ResidentBytes: >= 0 }).Should().BeTrue();
            read.Count.Should().BeGreaterOrEqualTo(read.Largest.Count);
        }
    }

    private ContainerProcesses Others(params ContainerProcess[] largest) => new(largest, largest.Length, true, _bench.Time.GetUtcNow().AddSeconds(1));

    private void Tick(ContainerProcesses others, double seconds = 1)
    {
        _bench.Time.Advance(TimeSpan.FromSeconds(seconds));
        _bench.Tracker.Clock.Set();
        var snapshot = _bench.Snapshot(450, zone: MemoryZone.Critical).With(container: new() { LimitBytes = Bytes.Megabytes(512) });
        snapshot.Add(others);
        _bench.Recorder.OnReport(BoxBench.Report(snapshot));
    }
}
