using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Tell;

/// <summary>Lists of operations in flight.</summary>
public sealed class InFlightTextTests
{
    [Fact]
    public void Nested_operations_are_indented_after_the_one_around_them_which_shows_what_it_took_itself()
    {
        OperationInFlight[] operations =
        [
            One(1, 0, "Thumbnail", all: 99.2, own: 0.1), One(2, 0, "Other", all: 1, own: 1), One(3, 1, "Download", all: 99.1, own: 59.1),
            One(4, 3, "Part", all: 40, own: 40),
        ];

        InFlightText.Lines(operations, 4).Should().Equal(
            "In flight: Thumbnail | for 5.0 s | allocated 99.2 MB (allocated 0.1 MB itself) | Memory at start: 100.0 MB",
            "  In flight: Download | for 5.0 s | allocated 99.1 MB (allocated 59.1 MB itself) | Memory at start: 100.0 MB",
            "    In flight: Part | for 5.0 s | allocated 40.0 MB | Memory at start: 100.0 MB",
            "In flight: Other | for 5.0 s | allocated 1.0 MB | Memory at start: 100.0 MB");
    }

    [Fact]
    public void One_whose_enclosing_operation_is_not_in_the_list_is_not_indented() =>
        InFlightText.Lines([One(7, 3, "Download", all: 1, own: 1)], 1).Single().Should().StartWith("In flight: Download");

    [Fact]
    public void Numbers_that_cannot_be_lose_nobody() =>
        InFlightText.Lines([One(1, 2, "A", 0, 0), One(2, 1, "B", 0, 0), One(3, 3, "C", 0, 0)], 3).Select(line => line.Trim()[11..12])
            .Should().BeEquivalentTo("A", "B", "C");

    [Fact]
    public void Beyond_twenty_lines_the_rest_is_counted()
    {
        var operations = Enumerable.Range(1, 30).Select(i => One(i, i - 1, "Nested", 0, 0)).ToArray();

        var lines = InFlightText.Lines(operations, 35).ToList();

        lines.Should().HaveCount(21);
        lines[^1].Should().Be("In flight: and 15 more");
        lines[19].Should().StartWith(new string(' ', 16) + "In flight: Nested", "deep nesting is indented no further");
    }

    private static OperationInFlight One(long id, long parent, string name, double all, double own) => new()
    {
        OperationId = id,
        ParentId = parent,
        Name = name,
        Age = TimeSpan.FromSeconds(5),
        StartResidentBytes = Bytes.Megabytes(100),
        Allocation = new() { AllocatedBytes = Bytes.Megabytes(all), SelfAllocatedBytes = Bytes.Megabytes(own) },
    };
}
