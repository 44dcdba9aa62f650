using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Contracts;

public class OperationContextTests
{
    [Fact]
    public void Text_and_interpolated_text_convert_to_a_context()
    {
        OperationContext plain = "User 123";
        OperationContext interpolated = $"User {123} | File size: {45} MB";

        plain.Text.Should().Be("User 123");
        interpolated.ToString().Should().Be("User 123 | File size: 45 MB");
        plain.Values.Should().BeEmpty();
    }

    [Fact]
    public void Nothing_is_an_empty_context()
    {
        OperationContext none = null;

        none.Text.Should().BeEmpty();
        default(OperationContext).Text.Should().BeEmpty();
        default(OperationContext).Values.Should().BeEmpty();
        default(OperationContext).ToString().Should().BeEmpty();
    }

    [Fact]
    public void Hostile_text_is_escaped_and_capped()
    {
        OperationContext context = "User\n1\u001B[2J" + new string('x', 1000);

        context.Text.Should().StartWith(@"User\n1\u001B[2Jxxx").And.HaveLength(256);
    }

    [Fact]
    public void Text_is_made_safe_once_where_it_enters_the_watch()
    {
        using var watch = new WatchHarness();
        using var scope = watch.Watch.Track("Download", $"User {new string('я', 200)}\n{5}");

        var entered = watch.Watch.RecentEntries.Single().Context;

        entered.Text.Should().EndWith(@"я\n5").And.BeSameAs(entered.Text, "it is not escaped at every look");
        watch.Watch.InFlight.Single().Context.Text.Should().BeSameAs(entered.Text);
    }

    [Fact]
    public void Named_values_stand_beside_the_text_in_order_the_last_of_a_name_counting()
    {
        var context = new OperationContext("User 1").With("user_id", 1).With("file", "a.zip").With("user_id", null);

        context.Text.Should().Be("User 1");
        context.Values.Select(v => (v.Key, v.Value)).Should().Equal(("file", "a.zip"), ("user_id", null));
    }

    [Fact]
    public void With_leaves_the_context_that_it_was_called_on_as_it_was()
    {
        var one = new OperationContext("User 1").With("a", 1);
        _ = one.With("b", 2);

        one.Values.Should().ContainSingle();
        default(OperationContext).With("a", 1).Text.Should().BeEmpty();
    }

    [Fact]
    public void Hostile_names_and_text_values_are_escaped()
    {
        var context = default(OperationContext).With("a\nb", "c\u202Ed");

        context.Values.Select(v => (v.Key, v.Value)).Should().Equal((@"a\nb", @"c\u202Ed"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_named_value_needs_a_name(string? name) =>
        FluentActions.Invoking(() => default(OperationContext).With(name!, 1)).Should().Throw<ArgumentException>();
}
