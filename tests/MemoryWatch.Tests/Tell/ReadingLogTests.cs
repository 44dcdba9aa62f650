using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Tell;

public sealed class ReadingLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogCapture _log = new();
    private readonly ReadingLog _readings;

    public ReadingLogTests() => _readings = new(_log, _time);

    [Fact]
    public void A_change_is_told_once()
    {
        Tell(ReadingGaps.None, ReadingGaps.ContainerCache, ReadingGaps.ContainerCache);
        _log.Lines.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Warning);

        Tell(ReadingGaps.ContainerCache | ReadingGaps.MachineAvailable, ReadingGaps.MachineAvailable, ReadingGaps.None, ReadingGaps.None);

        _log.Lines.Select(line => line.Level).Should().Equal(LogLevel.Warning, LogLevel.Warning, LogLevel.Information);
        _log.Lines[1].Text.Should().NotContain("memory.stat", "that was told");
        _log.Lines[1].State["missing"].Should().BeOfType<string>().Which.Should().StartWith("MemAvailable");
    }

    [Fact]
    public void A_number_that_comes_and_goes_is_told_once_a_minute()
    {
        for (var i = 0; i < 40; i++)
        {
            Tell(ReadingGaps.ContainerCache, ReadingGaps.None);
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        _log.Lines.Should().HaveCount(4);
    }

    [Fact]
    public void Every_kind_has_words_of_its_own()
    {
        var all = Enum.GetValues<ReadingGaps>().Where(gap => gap != ReadingGaps.None).ToArray();

        var texts = all.Select(gap => ReadingGapsText.Describe(gap, new MemorySnapshot())).ToArray();

        texts.Should().OnlyHaveUniqueItems();
        texts.Zip(all).Should().OnlyContain(pair => !pair.First.Contains(pair.Second.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Kernel_caches_are_no_warning()
    {
        const long MB = 1 << 20;
        _readings.Tell(new()
        {
            Gaps = ReadingGaps.KernelCaches,
            Container = new() { Version = 1, UsageBytes = 250 * MB, LimitBytes = 300 * MB, KernelCacheBytes = 230 * MB },
        });

        _log.Lines.Should().ContainSingle().Which.Should().Match<LogLine>(line => line.Level == LogLevel.Information && line.Text
            == "Memory reading: Usage is 250.0 MB of 300 MB, 230.0 MB of it kernel caches, mostly reclaimable: not counted as used, an estimate");
    }

    private void Tell(params ReadingGaps[] gaps) => Array.ForEach(gaps, gap => _readings.Tell(new() { Gaps = gap }));
}
