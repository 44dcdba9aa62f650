using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Track;

public class TrackAsyncTests
{
    private readonly OperationsBench _bench = new();

    [Fact]
    public async Task A_function_that_returns_is_a_completed_operation()
    {
        var result = await _bench.TrackAsync("Download", "User 1", async () =>
        {
            await Task.Yield();
            _bench.InFlight.Should().ContainSingle();
            return 42;
        });

        result.Should().Be(42);
        _bench.Titles.Should().Equal("Download Started", "Download Completed");
    }

    [Fact]
    public async Task A_function_that_returns_nothing_is_one_too()
    {
        await _bench.TrackAsync("Download", "User 1", async () => await Task.Yield());

        _bench.Titles.Should().Equal("Download Started", "Download Completed");
    }

    [Fact]
    public async Task A_function_that_wants_its_scope_is_given_it()
    {
        var answer = await _bench.TrackAsync("Download", "User 1", async scope =>
        {
            await Task.Yield();
            scope.Charge(700);
            return scope.Id;
        });
        await _bench.TrackAsync("Upload", "User 1", async scope =>
        {
            await Task.Yield();
            scope.Fail("HTTP 503");
        });

        answer.Should().Be(_bench.Entries[0].OperationId);
        _bench.Entries[1].Allocation!.Value.ChargedBytes.Should().Be(700);
        _bench.Titles.Should().Equal("Download Started", "Download Completed", "Upload Started", "Upload Failed");
    }

    [Fact]
    public async Task A_failure_is_marked_and_rethrown_as_it_is()
    {
        var error = new IOException("disk full");

        var thrown = await FluentActions.Awaiting(() => _bench.TrackAsync<int>("Download", "User 1", async () =>
        {
            await Task.Yield();
            throw error;
        })).Should().ThrowAsync<IOException>();

        thrown.Which.Should().BeSameAs(error);
        _bench.Entries[1].Error.Should().Be("IOException: disk full");
        _bench.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task A_function_that_throws_before_its_first_await_has_failed_too()
    {
        await FluentActions.Awaiting(() => _bench.TrackAsync("Download", default, (Func<Task>)(() => throw new IOException("x"))))
            .Should().ThrowAsync<IOException>();

        _bench.Titles.Should().Equal("Download Started", "Download Failed");
    }

    [Fact]
    public async Task A_cancelled_function_is_a_cancelled_operation()
    {
        using var cancel = new CancellationTokenSource();
        var started = _bench.TrackAsync(
            "Download", default, () => Task.Delay(Timeout.InfiniteTimeSpan, _bench.Time, cancel.Token));
        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => started.WaitAsync(Deadline.Backstop)).Should().ThrowAsync<OperationCanceledException>();
        _bench.Titles.Should().Equal("Download Started", "Download Cancelled");
    }

    [Fact]
    public async Task The_callers_own_operation_is_current_again_afterwards()
    {
        using var outer = _bench.Track("Outer");
        await _bench.TrackAsync("Inner", default, async () => await Task.Yield());

        using var next = _bench.Track("Next");
        _bench.Find(next).ParentId.Should().Be(outer.Id);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        await FluentActions.Awaiting(() => ((IMemoryWatch)null!).TrackAsync("x", default, () => Task.CompletedTask))
            .Should().ThrowAsync<ArgumentNullException>().WithParameterName("watch");
        await FluentActions.Awaiting(() => _bench.TrackAsync("x", default, (Func<Task>)null!))
            .Should().ThrowAsync<ArgumentNullException>().WithParameterName("operation");
        _bench.Entries.Should().BeEmpty();
    }
}
