using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>Growth that belongs to no operation names what was in flight.</summary>
public sealed class NativeGrowthTests
{
    private readonly DiagnosisBench _bench = new();

    [Fact]
    public void Native_growth_names_the_one_operation_that_was_in_flight()
    {
        _bench.Tick();
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Operations.Time.Advance(TimeSpan.FromSeconds(20));
        _bench.Grow(native: 60.2, managed: 2);

        var cause = _bench.Explain()!;
        cause.InFlight.Single().OperationId.Should().Be(upload.Id);
        cause.Describe().Should().Be("Likely cause: native +60.2 MB in the last 20 s while Upload (User 5) was in flight; managed +2.0 MB");
    }

    [Fact]
    public void Native_growth_names_several_that_were_in_flight_the_last_started_first()
    {
        _bench.Tick();
        using var upload = _bench.TrackApart("Upload", "User 5");
        using var resize = _bench.TrackApart("Resize");
        _bench.Grow(native: 60.2);

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: native +60.2 MB in the last 0 s while Resize and Upload (User 5) were in flight; managed +0.0 MB");
    }

    [Fact]
    public void One_that_ended_within_the_window_was_in_flight_too_however_little_it_allocated()
    {
        _bench.Tick();
        _bench.TrackApart("Resize", "Picture 1").Dispose();
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Grow(native: 60.2);

        _bench.Explain()!.Describe().Should().Contain("while Upload (User 5) and Resize (Picture 1) were in flight");
    }

    [Fact]
    public void One_that_ended_before_the_window_was_not_in_flight()
    {
        _bench.TrackApart("Resize", "Picture 1").Dispose();
        _bench.Tick();
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Grow(native: 60.2);

        _bench.Explain()!.Describe().Should().Contain("while Upload (User 5) was in flight");
    }

    [Fact]
    public void Of_many_in_flight_five_are_named_and_the_others_counted()
    {
        _bench.Tick();
        var scopes = Enumerable.Range(1, 8).Select(i => _bench.TrackApart("Upload", $"User {i}")).ToList();
        _bench.Grow(native: 60.2);

        var cause = _bench.Explain()!;
        cause.InFlightCount.Should().Be(8);
        cause.Describe().Should().Contain(
            "while Upload (User 8), Upload (User 7), Upload (User 6), Upload (User 5), Upload (User 4) and 3 others were in flight");
        scopes.ForEach(s => s.Dispose());
    }

    [Fact]
    public void Native_growth_with_nothing_in_flight_blames_nobody()
    {
        _bench.Tick();
        _bench.Grow(native: 60.2);

        _bench.Explain()!.Describe().Should().Be("Likely cause: native +60.2 MB in the last 0 s with no operation in flight; managed +0.0 MB");
    }

    [Fact]
    public void Mapped_files_are_told_as_what_they_are()
    {
        _bench.Tick();
        using var import = _bench.TrackApart("Import");
        _bench.Grow(fileBacked: 70);

        _bench.Explain()!.Describe().Should().Be(
            "Likely cause: file-backed +70.0 MB in the last 0 s while Import was in flight; managed +0.0 MB, native +0.0 MB");
    }

    [Fact]
    public void The_one_that_was_alone_while_most_of_it_grew_is_told()
    {
        _bench.Tick();
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Tick();
        _bench.Grow(native: 50);
        _bench.Tick();
        using var late = _bench.TrackApart("Late");
        _bench.Grow(native: 10);

        var cause = _bench.Explain()!;

        (cause.Alone!.OperationId, cause.AloneChangeBytes).Should().Be((upload.Id, Bytes.Megabytes(50)));
        cause.Describe().Should().Be(
            "Likely cause: native +60.0 MB in the last 2 s while Late and Upload (User 5) were in flight, 50.0 MB of it while only Upload (User 5) was; "
            + "managed +0.0 MB");
    }

    [Fact]
    public void With_another_one_in_between_nobody_was_alone()
    {
        _bench.Tick();
        using var upload = _bench.TrackApart("Upload", "User 5");
        _bench.Tick();
        _bench.TrackApart("Short").Dispose();
        _bench.Grow(native: 60);

        _bench.Explain()!.Alone.Should().BeNull();
    }
}
