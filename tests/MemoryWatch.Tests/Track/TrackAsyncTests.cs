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

    [Fact]
    public void A_synchronous_function_is_an_operation_too()
    {
        _bench.Track("Parse", "User 1", () => _bench.InFlight.Count).Should().Be(1);

        var failing = () => _bench.Track<int>("Parse", default, () => throw new InvalidOperationException("odd"));

        failing.Should().Throw<InvalidOperationException>().WithMessage("odd");
        _bench.Titles.Should().Equal("Parse Started", "Parse Completed", "Parse Started", "Parse Failed");
    }

    [Fact]
    public async Task A_context_may_be_left_out()
    {
        (await _bench.TrackAsync("Download", () => Task.FromResult(42))).Should().Be(42);
        await _bench.TrackAsync("Upload", () => Task.CompletedTask);

        _bench.Entries.Select(e => (e.Name, e.Context.Text)).Distinct().Should().Equal(("Download", string.Empty), ("Upload", string.Empty));
    }

    [Fact]
    public async Task A_function_that_returns_a_value_task_is_an_operation_too()
    {
        (await _bench.TrackValueAsync("Download", "User 1", scope => ValueTask.FromResult(scope.Id))).Should().BePositive();

        var cancelled = () => _bench.TrackValueAsync<int>("Download", default, _ => throw new OperationCanceledException()).AsTask();

        await cancelled.Should().ThrowAsync<OperationCanceledException>();
        _bench.Titles.Should().Equal("Download Started", "Download Completed", "Download Started", "Download Cancelled");
    }

    [Fact]
    public void An_operation_that_failed_before_it_could_start_is_entered_as_failed()
    {
        _bench.Fail("Download", "User 1", new InvalidOperationException("no such file"));
        _bench.Fail("Download", default, new OperationCanceledException());

        _bench.Titles.Should().Equal("Download Started", "Download Failed", "Download Started", "Download Cancelled");
        _bench.Entries[1].Error.Should().Be("InvalidOperationException: no such file");
        _bench.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task A_sequence_is_an_operation_from_its_first_step_to_its_end_and_the_consumer_is_not_part_of_it()
    {
        var seen = new List<int>();
        var sequence = _bench.TrackAsync("Export", "User 1", Numbers(3));
        _bench.InFlight.Should().BeEmpty("nothing enumerates it yet");

        await foreach (var number in sequence)
        {
            _bench.InFlight.Should().ContainSingle();
            Allocate.Megabytes(4);
            seen.Add(number);
        }

        seen.Should().Equal(0, 1, 2);
        _bench.Titles.Should().Equal("Export Started", "Export Completed");
        _bench.Entries[1].Allocation!.Value.AllocatedBytes.Should().BeInRange(3 << 20, 4 << 20, "each step allocates 1 MB and the consumer's 12 MB are its own");
    }

    [Fact]
    public async Task Each_enumeration_of_a_sequence_is_an_operation()
    {
        var sequence = _bench.TrackAsync("Export", default, Numbers(1));

        await foreach (var _ in sequence)
        {
            // Only the enumeration counts.
        }

        await foreach (var _ in sequence)
        {
            break;
        }

        _bench.Titles.Should().Equal("Export Started", "Export Completed", "Export Started", "Export Completed");
        _bench.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task A_sequence_that_throws_has_failed()
    {
        var enumerate = async () =>
        {
            await foreach (var _ in _bench.TrackAsync("Export", default, Numbers(3, failAt: 1)))
            {
                // The second step throws.
            }
        };

        await enumerate.Should().ThrowAsync<InvalidOperationException>();
        _bench.Titles.Should().Equal("Export Started", "Export Failed");
    }

    private static async IAsyncEnumerable<int> Numbers(int count, int failAt = int.MaxValue)
    {
        for (var i = 0; i < count; i++)
        {
            if (i == failAt)
            {
                throw new InvalidOperationException("odd");
            }

            await Task.Yield();
            Allocate.Megabytes(1);
            yield return i;
        }
    }
}
