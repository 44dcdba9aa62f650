namespace MemoryWatch.Tests.Tell;

public sealed class LeakTextTests
{
    private const double Megabyte = 1024 * 1024;

    [Fact]
    public void A_leak_says_how_fast_how_long_with_what_and_until_when() => new LeakAssessment
    {
        Track = LeakTrack.Managed,
        Verdict = LeakVerdict.Leaking,
        BytesPerHour = new(12.4 * Megabyte, 11 * Megabyte, 13.9 * Megabyte),
        GrowingFor = TimeSpan.FromHours(3.2),
        Operation = "Download",
        BytesPerOperation = new(10.1 * Megabyte, 9.8 * Megabyte, 10.4 * Megabyte),
        TimeToLimit = new(LimitSource.Container, TimeSpan.FromHours(7), TimeSpan.FromHours(9.1), default),
    }.Describe().Should().Be(
        "Leak (managed): confirmed, +12.4 MB/h (11.0-13.9) over 3.2 h, 10.1 MB (9.8-10.4) per Download, container limit in 7.0-9.1 h");

    [Theory]
    [InlineData(360, 365, ", limit in 6 min")]
    [InlineData(360, 460, ", limit in 6-8 min")]
    [InlineData(360, 8000, ", limit in 6 min-2.2 h")]
    [InlineData(360, null, ", limit in 6 min at the earliest")]
    public void A_limit_that_was_set_is_just_the_limit(int soonest, int? latest, string words) => new LeakAssessment
    {
        Track = LeakTrack.Managed,
        Verdict = LeakVerdict.Leaking,
        TimeToLimit = new(
            LimitSource.Setting, TimeSpan.FromSeconds(soonest), latest is { } seconds ? TimeSpan.FromSeconds(seconds) : null, default),
    }.Describe().Should().EndWith(words);

    [Fact]
    public void A_slow_leak_is_told_by_the_day() => new LeakAssessment
    {
        Track = LeakTrack.Native,
        Verdict = LeakVerdict.Suspected,
        HeldBackBy = LeakGate.NotConfirmed,
        BytesPerHour = new(0.5 * Megabyte, 0.25 * Megabyte, 0.75 * Megabyte),
        GrowingFor = TimeSpan.FromHours(50),
    }.Describe().Should().Be(
        "Leak (native): suspected, +12.0 MB/day (6.0-18.0) over 2.1 days; it is not certain yet that the growth goes on");

    [Fact]
    public void No_leak_says_why() =>
        new LeakAssessment { Track = LeakTrack.Native, Verdict = LeakVerdict.NotLeaking, HeldBackBy = LeakGate.NoNewHigh }
            .Describe().Should().Be("No leak (native): memory has not exceeded its earlier maximum");

    [Fact]
    public void Load_names_the_metric_and_its_cost() => new LeakAssessment
    {
        Track = LeakTrack.Managed,
        Verdict = LeakVerdict.NotLeaking,
        HeldBackBy = LeakGate.GrowsWithLoad,
        GrowsWith = new(new("Sessions"), new(98 * Megabyte, 90 * Megabyte, 106 * Megabyte), 7),
    }.Explain().Should().Be("memory grows with Sessions, 98.0 MB (90.0-106.0) each");

    [Fact]
    public void Each_condition_has_its_own_words() =>
        Enum.GetValues<LeakGate>().Select(gate => new LeakAssessment { Track = LeakTrack.Managed, HeldBackBy = gate }.Explain())
            .Should().OnlyHaveUniqueItems();
}
