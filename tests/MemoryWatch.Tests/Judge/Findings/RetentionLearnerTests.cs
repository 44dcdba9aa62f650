using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Findings;

public sealed class RetentionLearnerTests
{
    private static readonly MetricDefinition Sessions = new("Sessions");
    private static readonly MetricDefinition Cache = new("Cache");

    private readonly DiagnosisBench _bench = new();
    private readonly RetentionLearner _learner = new(2);
    private double _live = 50;
    private double _allocated = 1000;
    private long _sessions = 1;
    private int _collections;

    [Fact]
    public void Memory_that_grows_with_each_operation_is_retained_by_it()
    {
        Collect();
        for (var i = 0; i < 6; i++)
        {
            _bench.Run("Download", 4);
            _bench.Run("Command", 0.1);
            (_live, _allocated) = (_live + 4, _allocated + 50);
            Collect();
        }

        var retained = _learner.Retained().Should().ContainSingle().Which;

        (retained.Name, retained.TotalBytes, retained.Samples).Should().Be(("Download", Bytes.Megabytes(24), 6));
        retained.BytesEach.Value.Should().Be(Bytes.Megabytes(4));
    }

    [Fact]
    public void One_span_is_enough_if_nobody_else_can_have_allocated_what_is_held()
    {
        Collect();
        for (var i = 0; i < 5; i++)
        {
            _bench.Run("Download", 4);
        }

        (_live, _allocated, _sessions) = (_live + 20, _allocated + 24, _sessions + 1);
        Collect();

        var retained = _learner.Retained().Should().ContainSingle().Which;

        retained.Name.Should().Be("Download");
        retained.BytesEach.Value.Should().Be(Bytes.Megabytes(4));
        retained.BytesEach.Low.Should().BeInRange(Bytes.Megabytes(3.1), Bytes.Megabytes(3.3), "others allocated 4 MB");
    }

    [Fact]
    public void One_span_says_nothing_if_others_allocated_more_than_memory_grew_by()
    {
        Collect();
        for (var i = 0; i < 5; i++)
        {
            _bench.Run("Download", 4);
        }

        (_live, _allocated) = (_live + 20, _allocated + 60);
        Collect();

        _learner.Retained().Should().BeEmpty();
    }

    [Fact]
    public void Operations_hold_no_more_than_they_allocated()
    {
        Collect();
        for (var i = 0; i < 7; i++)
        {
            _bench.Run("Download", 4);
        }

        // The GC came while an eighth was running.
        (_live, _allocated) = (_live + 32, _allocated + 28);
        Collect();

        var retained = _learner.Retained().Should().ContainSingle().Which;

        retained.BytesEach.Value.Should().BeInRange(Bytes.Megabytes(4), Bytes.Megabytes(4.01));
        retained.BytesEach.High.Should().Be(retained.BytesEach.Value);
    }

    [Fact]
    public void Memory_that_comes_and_goes_is_not()
    {
        Collect();
        for (var i = 0; i < 8; i++)
        {
            _bench.Run("Download", 4);
            _live += i % 2 == 0 ? 4 : -4;
            Collect();
        }

        _learner.Retained().Should().BeEmpty();
        _learner.Floors.Should().Be(8);
    }

    [Fact]
    public void What_an_operation_did_not_allocate_it_does_not_retain()
    {
        Collect();
        for (var i = 0; i < 6; i++)
        {
            _bench.Run("Command", 1.5);
            _live += 20;
            Collect();
        }

        _learner.Retained().Should().BeEmpty("somebody else allocated it");
    }

    [Fact]
    public void While_a_metric_changes_nothing_is_learned()
    {
        Collect();
        for (var i = 0; i < 8; i++)
        {
            _bench.Run("Login", 4);
            (_sessions, _live) = (_sessions + 1, _live + 4);
            Collect();
        }

        _learner.Floors.Should().Be(0, "sessions are load");
    }

    [Fact]
    public void Sessions_that_each_take_several_operations_to_log_in_are_load()
    {
        Collect();
        for (var i = 0; i < 5; i++)
        {
            _bench.Run("Login", 0.1);
            _bench.Run("Login", 4);
            _bench.Run("Login", 0.1);
        }

        (_sessions, _live, _allocated) = (_sessions + 5, _live + 20, _allocated + 24);
        Collect();

        _learner.Retained().Should().BeEmpty();
        _learner.Floors.Should().Be(0);
    }

    [Fact]
    public void An_operation_that_is_still_running_has_left_nothing_behind()
    {
        Collect();
        using (_bench.TrackApart("Import"))
        {
            for (var i = 0; i < 8; i++)
            {
                _live += 10;
                Collect();
            }
        }

        _learner.Floors.Should().Be(0);
        _learner.Retained().Should().BeEmpty();
    }

    private void Collect()
    {
        _collections++;
        var snapshot = SnapshotOf.Resident(_live + 30).With(
            managed: new()
            {
                HeapBytes = Bytes.Megabytes(_live), LiveBytes = Bytes.Megabytes(_live), CommittedBytes = Bytes.Megabytes(_live),
                TotalAllocatedBytes = Bytes.Megabytes(_allocated), Generation2Collections = _collections,
            },
            metrics: new([Sessions, Cache], [_sessions, _sessions]));
        _learner.Keep(snapshot, _bench.Operations.Tracker.Store.Totals.All);
    }
}
