using System.Diagnostics;
using MemoryWatch.Files;
using MemoryWatch.Read;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Read;

public sealed class ProcessStartTests
{
    private readonly DateTimeOffset _started = StartOfThisProcess();

    [Fact]
    public void It_is_the_start_that_the_runtime_reports() =>
        ProcessStart.Read(DiskFiles.Instance).Should().BeCloseTo(_started, TimeSpan.FromSeconds(1));

    [Fact]
    public void The_age_is_the_time_since() =>
        ProcessStart.Age(DiskFiles.Instance, new FakeTimeProvider(_started + TimeSpan.FromSeconds(5)))
            .Should().BeCloseTo(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

    [Fact]
    public void A_clock_that_was_set_back_behind_the_start_gives_no_age() =>
        ProcessStart.Age(DiskFiles.Instance, new FakeTimeProvider(_started - TimeSpan.FromHours(1))).Should().BeNull();

    private static DateTimeOffset StartOfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime;
    }
}
