namespace MemoryWatch.Tests.Contracts;

public class MetricValuesTests
{
    private readonly MetricValues _values = new([new("Sessions"), new("Queue"), new("Cache")], [3L, null, 0L]);

    [Fact]
    public void Values_are_found_by_place()
    {
        _values.Count.Should().Be(3);
        _values[0].Definition.Name.Should().Be("Sessions");
        _values[0].Value.Should().Be(3);
    }

    [Fact]
    public void What_could_not_be_read_is_absent_and_zero_is_zero()
    {
        _values[1].Value.Should().BeNull();
        _values[2].Value.Should().Be(0);
        _values["Queue"].Should().BeNull();
        _values["Cache"].Should().Be(0);
    }

    [Fact]
    public void Values_are_found_by_their_exact_name()
    {
        _values["Sessions"].Should().Be(3);
        _values["sessions"].Should().BeNull();
        _values["Nothing"].Should().BeNull();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void There_is_nothing_beyond_the_last_place(int index) =>
        FluentActions.Invoking(() => _values[index]).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void None_at_all_is_a_value_too()
    {
        var none = MetricValues.Empty;

        none.Count.Should().Be(0);
        none["Sessions"].Should().BeNull();
        FluentActions.Invoking(() => none[0]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void All_places_hold_their_own_number_however_many()
    {
        MetricDefinition[] definitions = [.. Enumerable.Range(0, 200).Select(i => new MetricDefinition($"M{i}"))];
        var values = new MetricValues(definitions, [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? (long?)null : long.MinValue + i)]);

        for (var i = 0; i < 200; i++)
        {
            values[i].Value.Should().Be(i % 3 == 0 ? null : long.MinValue + i);
        }
    }

    [Fact]
    public void A_copy_does_not_change_with_what_it_was_made_from()
    {
        long?[] numbers = [1];
        var values = new MetricValues([new("Sessions")], numbers);

        numbers[0] = 2;

        values[0].Value.Should().Be(1);
    }
}
