using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>Amounts that add up, and groups in place of lists.</summary>
public sealed class OperationSharesTests
{
    private long _id;

    [Fact]
    public void Many_of_one_name_and_context_become_one_item_with_their_number()
    {
        var ranked = Rank(300, [.. Enumerable.Range(0, 27).Select(_ => One("Faulty Leak", "User 1001", 1)), One("Other", "", 4)]);

        ranked.Select(o => (o.Name, o.Context.Text, o.Count, o.AllocatedBytes)).Should().Equal(
            ("Faulty Leak", "User 1001", 27, Bytes.Megabytes(27)), ("Other", "", 1, Bytes.Megabytes(4)));
        MemoryWatch.Tell.MemoryCauseText.Describe(ranked[0]).Should().Be("Faulty Leak: 27 operations (User 1001) allocated 27.0 MB");
    }

    [Fact]
    public void One_that_took_most_stays_apart_from_the_others_of_its_name()
    {
        var ranked = Rank(300, [.. Enumerable.Range(1, 29).Select(i => One("Download", $"User {i}", 1)), One("Download", "User 77", 100)]);

        ranked.Select(o => (o.Context.Text, o.Count)).Should().Equal(("User 77", 1), ("", 29));
    }

    [Fact]
    public void Two_that_took_as_much_as_each_other_stay_apart()
    {
        Rank(300, One("Download", "User 1", 40), One("Download", "User 2", 40)).Select(o => o.Context.Text).Should().Equal("User 1", "User 2");
    }

    [Fact]
    public void A_sum_whose_contexts_are_unknown_has_none()
    {
        var sum = new MemoryCauseOperation { Name = "Leak", Count = 50, AllocatedBytes = Bytes.Megabytes(20) };

        Rank(300, [sum, .. Enumerable.Range(0, 5).Select(_ => One("Leak", "User 1", 1))])
            .Should().ContainSingle().Which.Should().Match<MemoryCauseOperation>(o => o.Count == 55 && o.Context.Text.Length == 0);
    }

    [Fact]
    public void Operations_never_have_more_together_than_the_process_allocated()
    {
        var ranked = Rank(130.5, One("GET /x", "", 130.5, isOlder: true), One("GET /y", "", 130.4, isOlder: true));

        ranked.Sum(o => o.AllocatedBytes).Should().BeInRange(Bytes.Megabytes(130.4), Bytes.Megabytes(130.5));
        ranked.Select(o => o.Name).Should().Equal("GET /x", "GET /y");
    }

    [Fact]
    public void What_began_within_the_window_keeps_all_and_what_is_older_gets_what_is_left()
    {
        var ranked = Rank(100, One("Older", "", 90, isOlder: true), One("Younger", "", 60));

        ranked.Select(o => (o.Name, o.AllocatedBytes)).Should().Equal(("Younger", Bytes.Megabytes(60)), ("Older", Bytes.Megabytes(40)));
    }

    [Fact]
    public void Where_the_whole_is_unknown_each_keeps_what_it_has()
    {
        OperationShares.Rank([One("A", "", 90, isOlder: true), One("B", "", 60)], null).Select(o => o.AllocatedBytes)
            .Should().Equal(Bytes.Megabytes(90), Bytes.Megabytes(60));
    }

    private static List<MemoryCauseOperation> Rank(double allocated, params MemoryCauseOperation[] operations) =>
        OperationShares.Rank(operations, Bytes.Megabytes(allocated));

    private MemoryCauseOperation One(string name, string context, double megabytes, bool isOlder = false) => new()
    {
        Name = name,
        Context = context,
        OperationId = ++_id,
        Count = 1,
        AllocatedBytes = Bytes.Megabytes(megabytes),
        IsOlder = isOlder,
    };
}
