using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public sealed class OperationTableTests
{
    private readonly OperationTable _table = new();

    [Fact]
    public void Names_beyond_the_bound_are_added_up_together()
    {
        var all = Enumerable.Range(1, 70).Select(i => _table.Of($"Name {i}")).ToList();

        all.Distinct().Should().HaveCount(BoundedNames.Most + 1);
        all[^1].Name.Should().Be("other");
        _table.All.Length.Should().Be(BoundedNames.Most + 1);
        (_table.Names.Of("Name 1"), _table.Names.Of("Name 70"), _table.Names.Of("New")).Should().Be(("Name 1", "other", "other"));
        _table.Of("Name 64").Should().BeSameAs(all[63]);
    }

    [Fact]
    public void An_operation_named_as_the_rest_is_part_of_it_and_takes_no_names_place()
    {
        _table.Of("other").Name.Should().Be("other");

        Enumerable.Range(1, BoundedNames.Most).Select(i => _table.Of($"Name {i}").Name).Should().NotContain("other");
    }

    [Fact]
    public void A_name_that_has_not_been_asked_for_would_have_its_own()
    {
        _table.Names.Of("New").Should().Be("New");
        _table.All.Length.Should().Be(0);
    }
}
