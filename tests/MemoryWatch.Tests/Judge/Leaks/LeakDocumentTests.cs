using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Leaks;

public sealed class LeakDocumentTests
{
    [Fact]
    public void The_page_lists_every_condition() =>
        Pages.Read("docs/leak-detection.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Should().Equal(Enum.GetNames<LeakGate>());
}
