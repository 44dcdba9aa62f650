using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using MemoryWatch.Read;
using Microsoft.Extensions.Time.Testing;

#pragma warning disable CA2201 // The tests throw what the runtime throws when it is out of memory.

namespace MemoryWatch.Tests.Read;

[Collection(RunsAlone.Name)]
public sealed class OutOfMemoryProbeTests : IDisposable
{
    private const int Throws = 1000;

    private readonly FakeTimeProvider _time = new(new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero));
    private readonly List<long> _calls = [];
    private readonly OutOfMemoryProbe _probe;

    public OutOfMemoryProbeTests() => _probe = new(static () => 100, _time, _calls.Add);

    public void Dispose() => _probe.Dispose();

    [Fact]
    public void Without_an_exception_there_is_none() => _probe.Last().Should().BeNull();

    [Fact]
    public void An_exception_that_is_caught_is_noted_with_memory_at_that_moment()
    {
        Throw(new OutOfMemoryException());

        var last = _probe.Last()!;
        (last.Count, last.Time, last.ResidentBytes, last.NeverFits).Should().Be((1, _time.GetUtcNow(), 100L, false));
        last.OccupiedBytes.Should().BePositive();
        _calls.Should().Equal(1);
    }

    [Fact]
    public async Task One_that_passes_three_async_methods_counts_once()
    {
        await FluentActions.Awaiting(OuterAsync).Should().ThrowAsync<OutOfMemoryException>();

        _probe.Last()!.Count.Should().Be(1);

        static async Task OuterAsync() => await MiddleAsync();

        static async Task MiddleAsync() => await InnerAsync();

        static async Task InnerAsync()
        {
            await Task.Yield();
            throw new OutOfMemoryException();
        }
    }

    [Fact]
    public void Different_ones_count_each()
    {
        for (var i = 0; i < 40; i++)
        {
            Throw(new OutOfMemoryException());
        }

        _probe.Last()!.Count.Should().Be(40);
    }

    [Fact]
    public void Other_exceptions_do_not_count()
    {
        Throw(new InvalidOperationException());
        Throw(new InsufficientMemoryException());

        _probe.Last().Should().BeNull();
    }

    [Fact]
    public void An_array_longer_than_any_array_may_be_never_fits()
    {
        Throw(static () => new byte[int.MaxValue]);

        _probe.Last()!.NeverFits.Should().BeTrue();
    }

    [Fact]
    public void A_listener_that_throws_harms_nothing()
    {
        using var probe = new OutOfMemoryProbe(static () => null, _time, static _ => throw new OutOfMemoryException());

        Throw(new OutOfMemoryException());

        probe.Last()!.Count.Should().Be(1);
        probe.Last()!.ResidentBytes.Should().BeNull();
    }

    [Fact]
    public void Noting_allocates_nothing()
    {
        // The exception, its throw and the arguments of the runtime's event allocate, the last only if somebody listens; the difference is the probe's.
        _probe.Dispose();
        EventHandler<FirstChanceExceptionEventArgs> listener = static (_, _) => { };
        AppDomain.CurrentDomain.FirstChanceException += listener;
        var bare = LeastAllocated();
        using var probe = new OutOfMemoryProbe(static () => 100, TimeProvider.System, static _ => { });
        AppDomain.CurrentDomain.FirstChanceException -= listener;

        SpinWait.SpinUntil(() => LeastAllocated() <= bare, TimeSpan.FromSeconds(20)).Should().BeTrue();
        probe.Last()!.Count.Should().BeGreaterThanOrEqualTo(Throws);
    }

    /// <summary>What a throw allocates once its code is compiled for good: each time another exception, because a known one is not noted again.</summary>
    private static long LeastAllocated()
    {
        var least = long.MaxValue;
        for (var i = 0; i < Throws; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Throw(static () => throw new OutOfMemoryException());
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Throw(Exception exception) => Throw(() => throw exception);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(Func<object> fail)
    {
        try
        {
            GC.KeepAlive(fail());
        }
        catch (Exception)
        {
            // This is what the test is about: the program goes on.
        }
    }
}
