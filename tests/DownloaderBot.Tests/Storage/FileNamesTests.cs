using System.Text;
using DownloaderBot.Storage;

namespace DownloaderBot.Tests.Storage;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("holiday.mp4", "holiday.mp4")]
    [InlineData("Отпуск 2024 🏖.mp4", "Отпуск 2024 🏖.mp4")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Windows\system.ini", "system.ini")]
    [InlineData("..", "file")]
    [InlineData("/", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("a<b>c:d\"e|f?g*h.txt", "a_b_c_d_e_f_g_h.txt")]
    [InlineData("a\0b\nc\u202Egpj.exe", "a_b_c_gpj.exe")]
    [InlineData("name. . .", "name")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("com1 .log", "_com1 .log")]
    [InlineData("console.txt", "console.txt")]
    public void A_name_is_made_harmless(string? name, string expected) => FileNames.Sanitize(name).Should().Be(expected);

    [Fact]
    public void Half_a_character_is_replaced() => FileNames.Sanitize("half\uD83D.txt").Should().Be("half_.txt");

    [Fact]
    public void A_long_name_keeps_its_extension_and_no_character_is_cut_in_two()
    {
        var name = FileNames.Sanitize(new string('é', 500) + "🏖.mp4");

        name.Should().EndWith("é.mp4");
        Encoding.UTF8.GetByteCount(name).Should().BeInRange(150, 160);
    }

    [Fact]
    public void A_long_extension_is_cut_like_the_rest() =>
        Encoding.UTF8.GetByteCount(FileNames.Sanitize("a." + new string('x', 500))).Should().BeInRange(150, 160);
}
