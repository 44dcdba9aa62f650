namespace MemoryWatch.Tests.Contracts;

public class MemorySizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("350000000", 350_000_000)]
    [InlineData("512MB", 536_870_912)]
    [InlineData("512mb", 536_870_912)]
    [InlineData("512M", 536_870_912)]
    [InlineData("512MiB", 536_870_912)]
    [InlineData(" 512 MB ", 536_870_912)]
    [InlineData("512Mi", 536_870_912)]
    [InlineData("0.5Gi", 536_870_912)]
    [InlineData("64Ki", 65_536)]
    [InlineData("1.5 GB", 1_610_612_736)]
    [InlineData("2g", 2_147_483_648)]
    [InlineData("1GiB", 1_073_741_824)]
    [InlineData("64kb", 65_536)]
    [InlineData("64K", 65_536)]
    [InlineData("64KiB", 65_536)]
    [InlineData("77B", 77)]
    [InlineData(".5KB", 512)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void An_amount_is_read_as_people_write_it(string text, long bytes) =>
        MemorySize.Parse(text).Bytes.Should().Be(bytes);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("MB")]
    [InlineData("-5MB")]
    [InlineData("+5MB")]
    [InlineData("512 megs")]
    [InlineData("512TB")]
    [InlineData("5MB MB")]
    [InlineData("1e3MB")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("78%")]
    [InlineData("NaN")]
    [InlineData("five")]
    [InlineData("9223372036854775808")]
    [InlineData("8796093022208MB")]
    [InlineData("99999999999999999999999999999999999999GB")]
    public void What_is_no_amount_is_refused_with_a_message_that_shows_it_and_what_is(string text)
    {
        MemorySize.TryParse(text, out var size).Should().BeFalse();
        size.Bytes.Should().Be(0);
        FluentActions.Invoking(() => MemorySize.Parse(text)).Should().Throw<FormatException>()
            .WithMessage($"'{text}' is not an amount of memory. *\"512MB\"*bytes.");
    }

    [Fact]
    public void No_text_is_no_amount()
    {
        MemorySize.TryParse(null, out _).Should().BeFalse();
        FluentActions.Invoking(() => MemorySize.Parse(null)).Should().Throw<FormatException>();
    }

    [Fact]
    public void An_amount_is_never_negative()
    {
        FluentActions.Invoking(() => new MemorySize(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*negative*");
        FluentActions.Invoking(() => MemorySize.FromMegabytes(-1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Amounts_are_equal_by_their_bytes()
    {
        MemorySize one = "1GB";
        var same = MemorySize.FromMegabytes(1024);

        (one == same).Should().BeTrue();
        one.Equals((object)same).Should().BeTrue();
        one.GetHashCode().Should().Be(same.GetHashCode());
        (one != new MemorySize(1)).Should().BeTrue();
        one.Equals((object)"1GB").Should().BeFalse();
    }

    [Fact]
    public void Amounts_are_ordered_by_their_bytes()
    {
        MemorySize small = "1MB";
        MemorySize large = "1GB";

        new[] { large, small }.Order().Should().Equal(small, large);
        (small < large).Should().BeTrue();
        (small <= MemorySize.FromMegabytes(1)).Should().BeTrue();
        (large > small).Should().BeTrue();
        (small >= large).Should().BeFalse();
    }

    [Fact]
    public void An_amount_can_be_given_in_gigabytes()
    {
        MemorySize.FromGigabytes(1.5).Bytes.Should().Be(1_610_612_736);
        FluentActions.Invoking(() => MemorySize.FromGigabytes(1L << 33)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => MemorySize.FromGigabytes(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Generic_code_can_parse_an_amount()
    {
        Parse<MemorySize>("64KB").Bytes.Should().Be(65_536);
        Parse<MemoryThreshold>("78%").Should().Be(MemoryThreshold.Relative(0.78));

        static T Parse<T>(string text)
            where T : ISpanParsable<T> => T.Parse(text.AsSpan(), null);
    }

    [Theory]
    [InlineData(0, "0 MB")]
    [InlineData(400, "400 bytes")]
    [InlineData(1 << 20, "1 MB")]
    public void An_amount_below_a_megabyte_is_shown_in_bytes(long bytes, string text) => new MemorySize(bytes).ToString().Should().Be(text);
}
