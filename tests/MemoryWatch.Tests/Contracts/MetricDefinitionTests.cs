namespace MemoryWatch.Tests.Contracts;

public class MetricDefinitionTests
{
    [Theory]
    [InlineData("Sessions", "sessions")]
    [InlineData("Active DLs", "active_dls")]
    [InlineData("Cache (L2)", "cache__l2_")]
    [InlineData("Größe", "größe")]
    public void The_key_is_the_name_in_lower_case_with_underscores(string name, string key)
    {
        var definition = new MetricDefinition(name);

        definition.Name.Should().Be(name);
        definition.Key.Should().Be(key);
        definition.Unit.Should().BeNull();
        definition.Maximum.Should().BeNull();
    }

    [Fact]
    public void Key_unit_and_maximum_are_taken_from_the_options()
    {
        var definition = new MetricDefinition("Sessions", new() { Key = "active_sessions", Unit = "users", Maximum = 0 });

        (definition.Key, definition.Unit, definition.Maximum).Should().Be(("active_sessions", "users", 0L));
    }

    [Fact]
    public void An_empty_key_or_unit_is_none()
    {
        var definition = new MetricDefinition("Queue", new() { Key = "", Unit = "" });

        (definition.Key, definition.Unit).Should().Be(("queue", null));
    }

    [Fact]
    public void Hostile_names_keys_and_units_are_escaped_and_capped()
    {
        var definition = new MetricDefinition("a\nb", new() { Key = "k\u202E", Unit = new string('u', 1000) });

        definition.Name.Should().Be(@"a\nb");
        definition.Key.Should().Be(@"k\u202E");
        definition.Unit.Should().HaveLength(64).And.EndWith("…");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_name_is_needed(string? name) =>
        FluentActions.Invoking(() => new MetricDefinition(name!)).Should().Throw<ArgumentException>();

    [Fact]
    public void A_negative_maximum_is_refused_by_the_metrics_name() =>
        FluentActions.Invoking(() => new MetricDefinition("Queue", new() { Maximum = -1 }))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*'Queue'*0 or more*");
}
