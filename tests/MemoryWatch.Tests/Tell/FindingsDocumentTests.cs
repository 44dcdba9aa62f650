using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

public sealed class FindingsDocumentTests
{
    [Fact]
    public void Every_rule_is_on_the_page_of_findings_with_its_name_and_advice() =>
        Pages.Read("docs/findings.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4)
            .Select(cells => (Rule: cells[0].Trim('`'), Name: cells[1], Advice: cells[3]))
            .Should().Equal(Enum.GetValues<FindingRule>()
                .Select(rule => (rule.ToString(), FindingAdvice.Title(rule), FindingAdvice.Of(rule))));

    [Fact]
    public void Every_reason_of_silence_is_on_the_page() =>
        Pages.Read("docs/findings.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 2 && Enum.TryParse<FindingSilence>(cells[0].Trim('`'), out _))
            .Select(cells => cells[0].Trim('`'))
            .Should().Equal(Enum.GetNames<FindingSilence>());
}
