namespace MemoryWatch.Testing.Tests.Measuring;

/// <summary>The heap belongs to the whole process, so these run apart from others, as the documentation advises; load is part of one of them.</summary>
[Collection(nameof(RetentionTests))]
[CollectionDefinition(nameof(RetentionTests), DisableParallelization = true)]
public sealed class RetentionTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void A_function_that_keeps_nothing_may_keep_nothing() => MemoryAssert.RetainsAtMost(0, () => new byte[50_000]);

    [Fact]
    public void A_function_that_keeps_an_object_with_each_call_fails_with_the_numbers()
    {
        List<byte[]> kept = [];

        var act = () => MemoryAssert.RetainsAtMost(1_000, () => kept.Add(new byte[10_000]));

        var failure = act.Should().Throw<MemoryAssertionException>().WithMessage(
            "The live heap grew by * B per call in the median of 6 rounds of 320 calls; at most 1,000 B per call may be retained.").Which;
        output.WriteLine(failure.Message);
    }

    [Fact]
    public void What_is_allowed_to_be_kept_is_allowed()
    {
        List<byte[]> kept = [];

        MemoryAssert.RetainsAtMost(11_000, () => kept.Add(new byte[10_000])).Should().BeGreaterThan(8_000);
    }

    [Fact]
    public void A_cache_that_fills_up_and_then_stays_is_no_growth()
    {
        var cache = new byte[10][];
        var call = 0;

        MemoryAssert.RetainsAtMost(0, () => { cache[call++ % cache.Length] = new byte[10_000]; });
    }

    [Fact]
    public void Objects_that_only_their_finalizer_releases_are_no_growth()
    {
        var before = Finalized.Count;

        MemoryAssert.RetainsAtMost(0, () => new Finalized());

        Finalized.Count.Should().BeGreaterThan(before);
    }

    [Fact]
    public void A_small_leak_is_found_and_no_leak_is_not_while_other_threads_allocate()
    {
        using var load = new Load(threads: 2);
        List<object> kept = [];

        MemoryAssert.RetainsAtMost(0, () => new object());
        FluentActions.Invoking(() => MemoryAssert.RetainsAtMost(0, () => kept.Add(new byte[1_000]), calls: 200)).Should().Throw<MemoryAssertionException>();
    }

    [Fact]
    public async Task An_asynchronous_function_is_judged_like_any_other()
    {
        List<byte[]> kept = [];

        await MemoryAssert.RetainsAtMostAsync(0, async () =>
        {
            var buffer = new byte[10_000];
            await Task.Yield();
            buffer[0]++;
        });
        await FluentActions.Awaiting(() => MemoryAssert.RetainsAtMostAsync(1_000, async () =>
        {
            await Task.Yield();
            kept.Add(new byte[10_000]);
        })).Should().ThrowAsync<MemoryAssertionException>();
    }

    private sealed class Finalized
    {
        private static int s_count;
        private readonly byte[] _content = new byte[1_000];

        ~Finalized()
        {
            if (_content.Length > 0)
            {
                Interlocked.Increment(ref s_count);
            }
        }

        public static int Count => Volatile.Read(ref s_count);
    }
}
