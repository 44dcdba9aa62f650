using MemoryWatch.Guard;
using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Read.Metrics;

public sealed class MetricBoardTests : IDisposable
{
    private readonly FakeReader _reader = new() { Threads = 8, OpenFiles = 15 };
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingPluginListener _listener = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly PluginRunner _runner;

    public MetricBoardTests() => _runner = new(_listener, new StuckThreads(), _time, TimeSpan.FromMilliseconds(200));

    public void Dispose()
    {
        _gate.Set();
        _runner.Dispose();
    }

    [Fact]
    public void The_applications_metrics_come_in_the_order_of_registration_and_the_built_in_ones_last()
    {
        var values = Board(new FakeMetric("Sessions", () => 2), new FakeMetric("Active DLs", () => 1)).Read();

        Describe(values).Should().Equal("Sessions=2", "Active DLs=1", "Threads=8", "Open files=15");
    }

    [Fact]
    public void The_built_in_ones_alone_are_threads_and_open_files()
    {
        var board = Board();

        board.Definitions.Select(d => d.Key).Should().Equal("thread_count", "open_files");
        _reader.OpenFiles = null;
        Describe(board.Read()).Should().Equal("Threads=8", "Open files=");
    }

    [Fact]
    public void One_provider_may_give_several_metrics_and_leave_some_unknown()
    {
        var board = Board(new Cache(), new FakeMetric("Sessions", () => 2));

        Describe(board.Read()).Should().StartWith(["Cache items=3", "Cache bytes=", "Sessions=2"]);
    }

    [Fact]
    public void A_provider_that_writes_beyond_its_metrics_faults_and_shifts_no_other()
    {
        var board = Board(new Cache(tooMany: true), new FakeMetric("Sessions", () => 2));

        Describe(board.Read()).Should().StartWith(["Cache items=", "Cache bytes=", "Sessions=2"]);
        _listener.Faults.Should().ContainSingle();
    }

    [Fact]
    public void A_metric_that_cannot_be_told_is_absent_and_no_fault()
    {
        Board(new FakeMetric("Sessions", () => null)).Read()["Sessions"].Should().BeNull();
        _listener.Faults.Should().BeEmpty();
    }

    [Fact]
    public void A_metric_that_throws_is_absent_reported_once_and_back_after_its_rest()
    {
        var broken = true;
        var board = Board(new FakeMetric("Sessions", () => broken ? throw new IOException("gone") : 7), new FakeMetric("Queue", () => 1));

        Describe(board.Read()).Should().StartWith(["Sessions=", "Queue=1"]);
        board.Read();
        broken = false;
        board.Read()["Sessions"].Should().BeNull("it rests");
        _time.Advance(TimeSpan.FromSeconds(10));

        board.Read()["Sessions"].Should().Be(7);
        _listener.Faults.Should().ContainSingle().Which.Should().Match<RecordingPluginListener.Fault>(
            f => f.Kind == "Metric" && f.Name == "Sessions" && f.Error is IOException);
        _listener.Recoveries.Should().Equal("Sessions");
    }

    [Fact]
    public void A_metric_that_hangs_is_absent_and_the_others_are_read()
    {
        var board = Board(new FakeMetric("Queue", () => Hang(1)), new FakeMetric("Sessions", () => 2));

        Describe(board.Read()).Should().StartWith(["Queue=", "Sessions=2"]);
        _listener.Faults.Should().ContainSingle().Which.Error.Should().BeNull();
    }

    [Fact]
    public void A_provider_that_throws_when_asked_what_it_is_goes_by_its_type()
    {
        var board = Board(new FakeMetric(() => throw new IOException("gone"), () => 5));

        Describe(board.Read())[0].Should().Be("FakeMetric=5");
        _listener.Faults.Should().ContainSingle().Which.Name.Should().Be("FakeMetric");
    }

    [Fact]
    public void A_provider_that_says_nothing_of_itself_goes_by_its_type() =>
        Board(new FakeMetric(() => null!)).Definitions[0].Name.Should().Be("FakeMetric");

    [Fact]
    public void A_provider_that_hangs_when_asked_what_it_is_does_not_hold_up_the_start()
    {
        var board = Board(
            new FakeMetric(() => Hang(new MetricDefinition("Late")), () => 5), new FakeMetric("Sessions", () => 2));

        Describe(board.Read()).Should().StartWith(["FakeMetric=5", "Sessions=2"]);
    }

    [Fact]
    public void Several_providers_of_one_type_that_do_not_say_their_name_get_names_of_their_own()
    {
        FakeMetric Broken() => new(() => throw new IOException("gone"));

        Board(Broken(), new FakeMetric("FakeMetric 2"), Broken(), Broken()).Definitions.Select(d => d.Name)
            .Should().StartWith(["FakeMetric", "FakeMetric 2", "FakeMetric 3", "FakeMetric 4"]);
    }

    [Theory]
    [InlineData("Sessions")]
    [InlineData("Threads")]
    public void Two_metrics_of_one_name_are_refused_by_that_name(string name) =>
        FluentActions.Invoking(() => Board(new FakeMetric("Sessions"), new FakeMetric(name)))
            .Should().Throw<InvalidOperationException>().WithMessage($"*2 metrics named '{name}'*");

    [Fact]
    public void As_many_metrics_are_shown_as_there_are()
    {
        FakeMetric[] metrics = [.. Enumerable.Range(0, 300).Select(i => new FakeMetric($"M{i}", () => i))];

        Board(metrics).Read().Select(m => m.Value).Should().Equal([.. Enumerable.Range(0, 300).Select(i => (long?)i), 8, 15]);
    }

    [Fact]
    public void Reading_allocates_the_values_alone()
    {
        var board = Board(new FakeMetric("Sessions", static () => 2), new FakeMetric("Queue", static () => 1));
        Read(50);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(500);

        // An object, and an array of four numbers and a word that says which are there.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessOrEqualTo(500 * (32 + 24 + (5 * sizeof(long))));

        void Read(int times)
        {
            for (var i = 0; i < times; i++)
            {
                board.Read();
            }
        }
    }

    private static string[] Describe(MetricValues values) =>
        [.. Enumerable.Range(0, values.Count).Select(i => $"{values[i].Definition.Name}={values[i].Value}")];

    private MetricBoard Board(params IMetricsProvider[] metrics) => new(metrics, BuiltInMetrics.Create(_reader), _runner);

    private T Hang<T>(T result)
    {
        _gate.Wait();
        return result;
    }

    private sealed class Cache(bool tooMany = false) : IMetricsProvider
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("Cache items"), new("Cache bytes")];

        public void Read(Span<long?> values)
        {
            values[0] = 3;
            values[1] = null;
            if (tooMany)
            {
                values[2] = 5;
            }
        }
    }
}
