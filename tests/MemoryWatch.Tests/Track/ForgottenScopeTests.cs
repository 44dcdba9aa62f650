using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

/// <summary>Scopes that are never disposed: bounded in memory and in time, and counted.</summary>
public sealed class ForgottenScopeTests
{
    private static readonly TimeSpan Old = InFlightRegistry.OldAge;

    private readonly OperationsBench _bench = new();

    private InFlightRegistry Registry => _bench.Tracker.Store.InFlight;

    [Fact]
    public void Operations_become_old_one_after_the_other_and_no_longer_count_when_they_end()
    {
        var first = _bench.Track("Download");
        _bench.Time.Advance(Old / 2);
        var second = _bench.Track("Download");
        using var other = _bench.Track("Login");
        _bench.Time.Advance(Old / 2);

        CountOf("Download").Should().Be((2, 1, 0));
        _bench.Time.Advance(Old);
        CountOf("Download").Should().Be((2, 2, 0));
        first.Dispose();
        CountOf("Download").Should().Be((1, 1, 0));
        second.Dispose();
        CountOf("Download").Should().Be((0, 0, 0));
        CountOf("Login").Should().Be((1, 1, 0));
    }

    [Fact]
    public void The_order_of_starts_survives_ends_of_any_order()
    {
        var random = new Random(5);
        var scopes = new List<OperationScope>();
        for (var i = 0; i < 2000; i++)
        {
            scopes.Add(_bench.Track("Download"));
            if (random.Next(2) == 0)
            {
                var place = random.Next(scopes.Count);
                scopes[place].Dispose();
                scopes.RemoveAt(place);
            }

            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            Registry.CountOld(_bench.Time);
        }

        Registry.All().Should().Equal(scopes.Select(s => s.Inside()));
        Registry.Newest(3).Should().Equal(Enumerable.Reverse(scopes).Take(3).Select(s => s.Inside()));
        Registry.Oldest(3).Should().Equal(scopes.Take(3).Select(s => s.Inside()));
        scopes.ForEach(s => s.Dispose());
        Registry.All().Should().BeEmpty();
        CountOf("Download").Should().Be((0, 0, 0));
    }

    [Fact]
    public void Past_the_bound_new_ones_of_that_name_are_only_counted()
    {
        var scopes = Apart("Download", InFlightRegistry.MostOld);
        _bench.Time.Advance(Old);
        Registry.CountOld(_bench.Time);
        _bench.ForgetTold();

        var extra = _bench.Track("Download", "User 1");
        using (var nested = _bench.Track("Login"))
        {
            nested.Inside().ParentId.Should().Be(extra.Id);
        }

        CountOf("Download").Should().Be((InFlightRegistry.MostOld + 1, InFlightRegistry.MostOld, 1));
        Registry.Count.Should().Be(InFlightRegistry.MostOld);
        extra.Charge(Bytes.Megabytes(20));
        extra.SetBudget("1MB", "1MB");
        extra.Dispose();
        CountOf("Download").Should().Be((InFlightRegistry.MostOld, InFlightRegistry.MostOld, 0));
        _bench.Told.Where(e => e.Name == "Download").Should().HaveCount(2).And.OnlyContain(e => e.IsQuiet, "there is no place for it in the black box");
        _bench.TotalsByName.Single(t => t.Name == "Download").Count.Should().Be(1);

        scopes[0].Dispose();
        using var next = _bench.Track("Download");
        Registry.Newest(1).Should().Equal(next.Inside());
    }

    [Fact]
    public void However_deep_a_scope_is_nested_what_it_allocates_reaches_all_around_it()
    {
        var scopes = new List<OperationScope>();
        for (var i = 0; i < 100; i++)
        {
            scopes.Add(_bench.Track("Step"));
        }

        Allocate.Megabytes(3);
        for (var i = scopes.Count - 1; i >= 0; i--)
        {
            scopes[i].Dispose();
        }

        scopes.Select(s => s.Allocation.AllocatedBytes).Should().OnlyContain(b => b >= Bytes.Megabytes(3) && b < Bytes.Megabytes(4));
        scopes.Select(s => s.Allocation.AllocatedBytes).Should().BeInDescendingOrder("each contains those inside of it");
    }

    [Fact]
    public void A_deep_scope_passes_its_bytes_on_in_few_additions()
    {
        var scopes = Enumerable.Range(0, 1000).Select(_ => _bench.Track("Step")).ToList();
        var before = scopes[0].Inside().Settled.AllocatedBytes;

        _bench.Tracker.Settle();

        scopes[0].Inside().Settled.AllocatedBytes.Should().Be(before, "the outermost ones receive small amounts together");
        Allocate.Bytes(100_000);
        _bench.Tracker.Settle();
        scopes[0].Inside().Settled.AllocatedBytes.Should().BeGreaterThan(before + 100_000);
    }

    [Fact]
    public void Marks_of_slots_are_taken_once_and_never_lost_when_the_slots_grow()
    {
        var marks = new SlotMarks();
        var taken = new List<int>();
        marks.Reserve(16);
        marks.Set(3);
        marks.Reserve(100_000);
        marks.Set(99_999);
        marks.Set(64);
        marks.Set(64);

        marks.Take(taken);
        taken.Should().Equal(3, 64, 99_999);
        taken.Clear();
        marks.Take(taken);
        taken.Should().BeEmpty();
    }

    [Fact]
    public void Each_8_MB_that_an_operation_allocates_call_for_a_reading()
    {
        _bench.Tracker.Store.Handover.Expect(null, mayWake: true);
        using var scope = _bench.Track("Burst");
        Allocate.Megabytes(5);
        _bench.Tracker.Settle();
        _bench.Wakes.Should().Be(0);

        Allocate.Megabytes(5);
        _bench.Tracker.Settle();
        _bench.Wakes.Should().Be(1);

        Allocate.Megabytes(50);
        _bench.Tracker.Settle();
        _bench.Wakes.Should().Be(1, "the watch thread has not been there since");
        _bench.Tracker.Store.Handover.Expect(null, mayWake: true);
        Allocate.Megabytes(9);
        scope.Dispose();
        _bench.Wakes.Should().Be(2);
    }

    private (int InFlight, int Old, int NotKept) CountOf(string name)
    {
        Registry.CountOld(_bench.Time);
        var statistics = _bench.Tracker.Store.Totals.Of(name);
        return (statistics.InFlight, statistics.Old, statistics.NotKept);
    }

    /// <summary>Operations that are not nested, as of requests that forget to dispose their scopes.</summary>
    private OperationScope[] Apart(string name, int count)
    {
        var scopes = new OperationScope[count];
        var flow = ExecutionContext.Capture()!;
        for (var i = 0; i < count; i++)
        {
            ExecutionContext.Run(flow, _ => scopes[i] = _bench.Track(name), null);
        }

        return scopes;
    }
}
