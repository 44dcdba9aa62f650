using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tests.Read;

public class KernelTextTests
{
    [Theory]
    [InlineData("536870912\n", 536870912L)]
    [InlineData("0\n", 0L)]
    [InlineData("9223372036854775807\n", long.MaxValue)]
    [InlineData("9223372036854775808\n", null)]
    [InlineData("max\n", null)]
    [InlineData("-1\n", null)]
    [InlineData("+1\n", null)]
    [InlineData("12x\n", null)]
    [InlineData("1 2\n", null)]
    [InlineData("\n", null)]
    [InlineData("", null)]
    [InlineData("5368", null)]
    public void A_number_is_one_whole_line_of_digits_or_absent(string text, long? expected) =>
        KernelText.Number(Encoding.UTF8.GetBytes(text)).Should().Be(expected);

    [Theory]
    [InlineData(0, 765L)]
    [InlineData(1, 404L)]
    [InlineData(6, 0L)]
    [InlineData(7, null)]
    public void A_field_is_found_by_its_position(int index, long? expected) =>
        KernelText.Field("765 404 375 5 0 123 0\n"u8, index).Should().Be(expected);

    [Fact]
    public void A_field_that_was_cut_off_is_absent() => KernelText.Field("765 40"u8, 1).Should().BeNull();

    [Theory]
    [InlineData("inactive_file", 20L)]
    [InlineData("file", 10L)]
    [InlineData("active_file", 30L)]
    [InlineData("active", null)]
    [InlineData("last", null)]
    public void A_value_is_found_by_its_whole_key_on_a_whole_line(string key, long? expected) =>
        KernelText.Value("file 10\ninactive_file 20\nactive_file 30\nlast 4"u8, Encoding.UTF8.GetBytes(key)).Should().Be(expected);

    [Fact]
    public void A_key_inside_of_a_line_is_not_a_key() =>
        KernelText.Value("a key 1\nkeykey 2\nkey 3\n"u8, "key"u8).Should().Be(3);

    [Theory]
    [InlineData("RssAnon:\t     116 kB\n", 118784L)]
    [InlineData("RssAnon:       0 kB\n", 0L)]
    [InlineData("RssAnon:     116\n", null)]
    [InlineData("RssAnon:     116 k", null)]
    [InlineData("RssAnon: 9223372036854775807 kB\n", null)]
    public void Kilobytes_become_bytes_unless_they_overflow(string text, long? expected) =>
        KernelText.Kilobytes(Encoding.UTF8.GetBytes(text), "RssAnon"u8).Should().Be(expected);

    [Theory]
    [InlineData("some avg10=1.53 avg60=0.87 avg300=0.22 total=4218\n", 1.53)]
    [InlineData("some avg10=100.00 avg60=0.87 avg300=0.22 total=4218\n", 100.0)]
    [InlineData("some avg10=100.01 avg60=0.87\n", null)]
    [InlineData("some avg10=NaN avg60=0.87\n", null)]
    [InlineData("some avg10=-1.00 avg60=0.87\n", null)]
    [InlineData("some avg10=1,53 avg60=0.87\n", null)]
    [InlineData("some avg10=1.5", null)]
    [InlineData("full avg10=1.53 avg60=0.87\n", null)]
    public void Pressure_is_a_percentage_or_absent(string text, double? expected) =>
        PressureText.Average10(Encoding.UTF8.GetBytes(text), "some"u8).Should().Be(expected);
}
