using System.Text;

namespace MemoryWatch.Tests.Contracts;

public class SafeTextTests
{
    [Theory]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("a\rb", @"a\rb")]
    [InlineData("a\r\nb", @"a\r\nb")]
    [InlineData("a\tb", @"a\tb")]
    [InlineData("\u001B[31mred\u001B[0m", @"\u001B[31mred\u001B[0m")]
    [InlineData("\0", @"\u0000")]
    [InlineData("\u007F", @"\u007F")]
    [InlineData("\u0085", @"\u0085")]
    [InlineData("\u009B31m", @"\u009B31m")]
    [InlineData("a\u202Eb", @"a\u202Eb")]
    [InlineData("\u202A\u202B\u202C\u202D", @"\u202A\u202B\u202C\u202D")]
    [InlineData("\u2066\u2067\u2068\u2069", @"\u2066\u2067\u2068\u2069")]
    [InlineData("\u200E\u200F\u061C", @"\u200E\u200F\u061C")]
    [InlineData("a\u200Bb", @"a\u200Bb")]
    [InlineData("a\u2060b", @"a\u2060b")]
    [InlineData("a\u180Eb", @"a\u180Eb")]
    [InlineData("a\uFFF9b\uFFFBc", @"a\uFFF9b\uFFFBc")]
    [InlineData("a\u2028b\u2029c", @"a\u2028b\u2029c")]
    [InlineData("\uFEFFa", @"\uFEFFa")]
    public void What_could_forge_a_line_or_hide_text_is_escaped(string hostile, string safe) =>
        SafeText.Context(hostile).Should().Be(safe);

    // As numbers, since a test's own name could not carry these.
    [Theory]
    [InlineData(new[] { 0xD83D }, @"\uD83D")]
    [InlineData(new[] { 0xDE00 }, @"\uDE00")]
    [InlineData(new[] { 'a', 0xD83D, 'b' }, @"a\uD83Db")]
    [InlineData(new[] { 0xDE00, 0xD83D }, @"\uDE00\uD83D")]
    [InlineData(new[] { 0xD83D, 0xD83D, 0xDE00 }, "\\uD83D\U0001F600")]
    public void Half_a_pair_is_escaped(int[] characters, string safe) =>
        SafeText.Context(string.Concat(characters.Select(c => (char)c))).Should().Be(safe);

    [Theory]
    [InlineData("User 123 | File size: 45.3 MB")]
    [InlineData("Größe: 日本語, עברית, ไทย")]
    [InlineData(@"C:\new\temp")]
    [InlineData(" ")]
    [InlineData("😀 party 🎉")]
    [InlineData("👩‍👧‍👦 family")]
    public void Harmless_text_is_the_same_instance(string text) => SafeText.Context(text).Should().BeSameAs(text);

    [Theory]
    [InlineData("😀\nparty", @"😀\nparty")]
    [InlineData("a\n👩‍👧‍👦", @"a\n👩‍👧‍👦")]
    public void Whole_pairs_stay_where_something_else_is_escaped(string hostile, string safe) => SafeText.Context(hostile).Should().Be(safe);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_empty(string? text) => SafeText.Name(text).Should().BeSameAs(string.Empty);

    [Theory]
    [InlineData(10, "0123456789", "0123456789")]
    [InlineData(10, "01234567890", "012345678…")]
    [InlineData(10, "12345678\n", @"12345678\n")]
    [InlineData(10, "123456789\n", "123456789…")]
    [InlineData(10, "12345678\nx", "12345678…")]
    [InlineData(10, "1234\u0001", @"1234\u0001")]
    [InlineData(10, "1234\u0001x", "1234…")]
    [InlineData(10, "12345\u0001", "12345…")]
    [InlineData(10, "12345678😀", "12345678😀")]
    [InlineData(10, "123456789😀", "123456789…")]
    [InlineData(10, "12345678😀x", "12345678…")]
    [InlineData(1, "ab", "…")]
    public void The_cap_holds_and_cuts_no_escape_and_no_pair(int cap, string text, string expected) =>
        SafeText.Clean(text, cap).Should().Be(expected);

    [Fact]
    public void Any_mixture_stays_within_its_cap_and_is_clean_and_stays_as_it_is_when_cleaned_again()
    {
        var random = new Random(4711);
        for (var round = 0; round < 2_000; round++)
        {
            var cap = random.Next(1, 40);
            var text = Mixture(random, random.Next(0, 50));

            var safe = SafeText.Clean(text, cap);

            safe.Length.Should().BeLessThanOrEqualTo(cap);
            safe.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E').Should().BeFalse();
            Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(safe)).Should().Be(safe, "no half of a pair is left");
            SafeText.Clean(safe, cap).Should().Be(safe);
        }
    }

    [Fact]
    public void Names_and_contexts_have_caps_of_their_own()
    {
        var endless = new string('x', 100_000);

        SafeText.Name(endless).Should().HaveLength(64).And.EndWith("…");
        SafeText.Context(endless).Should().HaveLength(256).And.EndWith("…");
        SafeText.Error(new InvalidOperationException(endless)).Should().HaveLength(256).And.StartWith("InvalidOperationException: xxx");
    }

    [Fact]
    public void An_error_is_its_type_and_escaped_message() =>
        SafeText.Error(new IOException("disk\nfull")).Should().Be(@"IOException: disk\nfull");

    [Fact]
    public void An_exception_that_cannot_even_tell_its_message_is_its_type_alone() =>
        SafeText.Error(new UnspeakableException()).Should().Be("UnspeakableException");

    private static string Mixture(Random random, int length)
    {
        const string Dangerous = "\n\r\t\u001B\u202E\u2066\u200B\u2028\uFEFF\uD83D\uDE00\u0085";
        return string.Create(length, random, static (span, random) =>
        {
            foreach (ref var c in span)
            {
                c = random.Next(3) == 0 ? Dangerous[random.Next(Dangerous.Length)] : (char)random.Next('a', 'z');
            }
        });
    }

    private sealed class UnspeakableException : Exception
    {
        public override string Message => throw new InvalidOperationException("The message is broken too.");
    }
}
