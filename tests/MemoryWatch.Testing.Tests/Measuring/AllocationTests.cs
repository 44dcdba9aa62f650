namespace MemoryWatch.Testing.Tests.Measuring;

public sealed class AllocationTests
{
    // What the runtime uses for an array of bytes beside its content, on 64 bits; the sum is rounded up to 8.
    private const int ArrayHeader = 24;

    private static object? s_kept;

    [Fact]
    public void A_function_that_allocates_nothing_may_allocate_nothing()
    {
        var sum = 0;

        MemoryAssert.AllocatesAtMost(0, () => { sum++; }).Should().Be(0);
        MemoryAssert.AllocatesAtMost(0, () => sum).Should().Be(0);
    }

    [Fact]
    public void The_bytes_of_a_call_are_exact()
    {
        MemoryAssert.AllocatesAtMost(1000 + ArrayHeader, () => new byte[1000]).Should().Be(1000 + ArrayHeader);
        MemoryAssert.AllocatesAtMost(1000 + ArrayHeader, () => { s_kept = new byte[1000]; }, calls: 1).Should().Be(1000 + ArrayHeader);
    }

    [Fact]
    public void A_byte_too_many_fails_with_the_numbers()
    {
        var act = () => MemoryAssert.AllocatesAtMost(1023, () => new byte[1000], calls: 1000);

        act.Should().Throw<MemoryAssertionException>().WithMessage(
            "The function allocated 1,024 B per call in the median of 5 batches of 1,000 calls; it may allocate at most 1,023 B.");
    }

    [Fact]
    public void What_other_threads_allocate_meanwhile_does_not_count()
    {
        using var load = new Load(threads: 3);

        for (var i = 0; i < 20; i++)
        {
            MemoryAssert.AllocatesAtMost(128, () => new byte[100], calls: 1000).Should().Be(128);
        }
    }

    [Fact]
    public void What_the_first_calls_build_up_does_not_count()
    {
        Dictionary<int, byte[]> cache = [];
        var call = 0;

        MemoryAssert.AllocatesAtMost(0, () =>
        {
            var key = call++ % 50;
            if (!cache.ContainsKey(key))
            {
                cache[key] = new byte[10_000];
            }
        });
    }

    [Fact]
    public void Work_that_the_function_hands_to_other_threads_counts()
    {
        var measured = MemoryAssert.AllocatesAtMost(
            200_000, () => Task.WaitAll(Task.Run(() => new byte[10_000]), Task.Run(() => new byte[20_000])), calls: 50);

        measured.Should().BeGreaterThan(30_000);
    }

    [Fact]
    public async Task An_asynchronous_function_counts_on_whatever_thread_it_runs()
    {
        using var load = new Load(threads: 2);

        for (var i = 0; i < 10; i++)
        {
            var measured = await MemoryAssert.AllocatesAtMostAsync(11_000, async () =>
            {
                s_kept = new byte[5_000];
                await Task.Yield();
                s_kept = new byte[5_000];
            });

            measured.Should().BeGreaterThanOrEqualTo(10_000);
        }
    }

    [Fact]
    public async Task An_asynchronous_function_that_does_not_wait_may_allocate_nothing() =>
        (await MemoryAssert.AllocatesAtMostAsync(0, () => Task.CompletedTask)).Should().Be(0);

    [Fact]
    public async Task An_asynchronous_function_that_allocates_more_fails_with_the_numbers()
    {
        var act = () => MemoryAssert.AllocatesAtMostAsync(1000, async () =>
        {
            await Task.Yield();
            s_kept = new byte[2000];
        });

        await act.Should().ThrowAsync<MemoryAssertionException>().WithMessage(
            "The function allocated 2,??? B per call in the median of 5 batches of 100 calls; it may allocate at most 1,000 B.");
    }

    [Fact]
    public async Task Exceptions_of_the_function_reach_the_test()
    {
        FluentActions.Invoking(() => MemoryAssert.AllocatesAtMost(0, () => { throw new InvalidOperationException(); }))
            .Should().Throw<InvalidOperationException>();
        await FluentActions.Awaiting(() => MemoryAssert.AllocatesAtMostAsync(0, () => Task.FromException(new InvalidOperationException())))
            .Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public void Asynchronous_functions_are_refused_where_they_would_be_found_to_do_nothing()
    {
        FluentActions.Invoking(() => MemoryAssert.AllocatesAtMost(0, async () => await Task.Yield()))
            .Should().Throw<ArgumentException>().WithMessage("The function returns a Task; use AllocatesAtMostAsync.*");
        FluentActions.Invoking(() => MemoryAssert.RetainsAtMost(0, () => ValueTask.FromResult(1)))
            .Should().Throw<ArgumentException>().WithMessage("The function returns a ValueTask`1; use RetainsAtMostAsync.*");
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => MemoryAssert.AllocatesAtMost(-1, () => 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => MemoryAssert.AllocatesAtMost(0, () => 1, calls: 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => MemoryAssert.RetainsAtMost(0, () => 1, calls: 10_001)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void An_assertion_inside_of_an_assertion_counts_for_itself()
    {
        var inner = 0L;

        MemoryAssert.AllocatesAtMost(long.MaxValue - 1, () => { inner = MemoryAssert.AllocatesAtMost(128, () => new byte[100]); }, calls: 1);

        inner.Should().Be(128);
    }
}
