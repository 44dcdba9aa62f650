using System.Text;
using DownloaderBot.Storage;

namespace DownloaderBot.Tests.Storage;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("holiday.mp4")]
    [InlineData("Отпуск 2024 🏖.mp4")]
    [InlineData("backup.tar.gz")]
    [InlineData("film.part01.rar")]
    [InlineData("archive.7z.001")]
    [InlineData(".gitignore")]
    [InlineData("میان‌رشته‌ای.pdf")]
    [InlineData("family 👨‍👩‍👧.jpg")]
    [InlineData("console.txt")]
    public void A_name_that_everybody_can_take_stays_as_it_is(string name) => FileNames.Clean(name).Should().Be(name);

    [Theory]
    [InlineData("AC/DC - Thunderstruck.mp3", "AC_DC - Thunderstruck.mp3")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData(@"C:\Windows\system.ini", "C__Windows_system.ini")]
    [InlineData("..", "file")]
    [InlineData("/", "_")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("a<b>c:d\"e|f?g*h.txt", "a_b_c_d_e_f_g_h.txt")]
    [InlineData("a\0b\nc\u202Egpj.exe", "a_b_c_gpj.exe")]
    [InlineData("name. . .", "name")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("com1 .log", "_com1 .log")]
    public void What_a_file_system_cannot_take_is_replaced(string? name, string expected) => FileNames.Clean(name).Should().Be(expected);

    [Fact]
    public void Half_a_character_is_replaced() => FileNames.Clean("half\uD83D.txt").Should().Be("half_.txt");

    [Fact]
    public void Eighty_Cyrillic_letters_are_a_name_like_any_other()
    {
        var name = new string('ж', 80) + ".part01.rar";

        FileNames.Clean(name).Should().Be(name);
    }

    [Theory]
    [InlineData(".part01.rar", ".part02.rar")]
    [InlineData(".tar.gz", ".tar.xz")]
    [InlineData(" - episode 01.mp4", " - episode 02.mp4")]
    [InlineData(".7z.001", ".7z.002")]
    public void Names_that_are_too_long_keep_their_ends_and_stay_different(string first, string second)
    {
        var stem = new string('é', 500) + "🏖";
        var (one, two) = (FileNames.Clean(stem + first), FileNames.Clean(stem + second));

        one.Should().StartWith("éééé").And.Contain("…").And.EndWith("é🏖" + first);
        two.Should().EndWith("é🏖" + second).And.NotBe(one);
        Encoding.UTF8.GetByteCount(one).Should().BeInRange(245, 255);
    }

    [Fact]
    public void A_long_extension_is_cut_like_the_rest() =>
        Encoding.UTF8.GetByteCount(FileNames.Clean("a." + new string('x', 500))).Should().BeInRange(245, 255);
}
