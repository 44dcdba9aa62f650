using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

public class InFlightTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public void An_operation_in_flight_is_told_with_age_and_memory_at_its_start()
    {
        _bench.Reader.Resident = Bytes.Megabytes(120);
        using var scope = _bench.Track("Download", "User 1");
        _bench.Reader.Resident = Bytes.Megabytes(300);
        _bench.Time.Advance(TimeSpan.FromSeconds(5));

        var operation = _bench.InFlight.Should().ContainSingle().Which;
        (operation.OperationId, operation.Name, operation.Context.Text).Should().Be((scope.Id, "Download", "User 1"));
        operation.Age.Should().Be(TimeSpan.FromSeconds(5));
        operation.StartResidentBytes.Should().Be(Bytes.Megabytes(120));
    }

    [Fact]
    public void They_come_oldest_first_whatever_ended_in_between()
    {
        var scopes = Enumerable.Range(0, 10).Select(i => _bench.Track($"{i}")).ToList();
        foreach (var ended in new[] { 3, 0, 7 })
        {
            scopes[ended].Dispose();
        }

        _bench.Track("10");
        _bench.Track("11");

        _bench.InFlight.Select(o => o.Name).Should().Equal("1", "2", "4", "5", "6", "8", "9", "10", "11");
    }

    [Fact]
    public void Thousands_are_kept_and_their_slots_used_again()
    {
        for (var round = 0; round < 3; round++)
        {
            var scopes = Enumerable.Range(0, 3000).Select(_ => _bench.Track("Many")).ToList();
            _bench.InFlight.Should().HaveCount(3000).And.BeInAscendingOrder(o => o.OperationId);
            scopes.Max(s => s.Inside().Slot).Should().BeLessThan(4096);
            scopes.Select(s => s.Inside().Slot).Should().OnlyHaveUniqueItems();
            scopes.ForEach(s => s.Dispose());
        }

        _bench.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task Eight_threads_at_once_leave_nothing_in_flight_and_a_consistent_journal()
    {
        using var start = new Barrier(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 1000; i++)
                {
                    using var outer = _bench.Track("Outer");
                    using var inner = _bench.Track("Inner");
                    _bench.Mark("Mark");
                    _ = _bench.InFlight.Count;
                }
            },
            TaskCreationOptions.LongRunning))).WaitAsync(Deadline.Backstop);

        _bench.InFlight.Should().BeEmpty();
        _bench.Told.Should().HaveCount(8 * 5000);
        _bench.Told.Where(e => e.OperationId > 0).GroupBy(e => e.OperationId)
            .Should().HaveCount(16_000).And.OnlyContain(ends => ends.Count() == 2);
        _bench.Entries.Select(e => e.Sequence).Should().Equal(Enumerable.Range((8 * 5000) - 255, 256).Select(i => (long)i));
    }
}
